using System.Security.Cryptography;
using Jose;

class Uses
{
    static async Task<string> Directly(string payload, byte[] key, byte[] password, byte[] salt, HMAC mac)
    {
        var token = JWT.Encode(payload, "password", JweAlgorithm.PBES2_HS512_A256KW, JweEncryption.A256CBC_HS512); //? AGD0106
        var derived = PBKDF2.DeriveKey(password, salt, 310000, 256, mac); //! AGD0106
        token = JWT.Encode(payload, key, JwsAlgorithm.HS256);
        payload = JWT.Decode(token, key);
        token = JWT.Encode(payload, key, JweAlgorithm.DIR, JweEncryption.A128GCM);
        var headers = JWT.Headers(token);
        await Task.Yield();
        return payload;
    }
}
