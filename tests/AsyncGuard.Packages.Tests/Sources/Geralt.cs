using Geralt;

class Uses
{
    static async Task Directly(byte[] key, byte[] password, byte[] salt, char[] hash)
    {
        Argon2id.DeriveKey(key, password, salt, 3, 67108864); //! AGD0106
        var right = Argon2id.VerifyHash(hash, password); //! AGD0106
        await Task.Yield();
    }
}
