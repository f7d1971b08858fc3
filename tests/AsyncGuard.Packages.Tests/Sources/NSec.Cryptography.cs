using NSec.Cryptography;

class Uses
{
    static async Task Directly(PasswordBasedKeyDerivationAlgorithm derivation, Key key, byte[] data)
    {
        var bytes = derivation.DeriveBytes("password", data, 32); //! AGD0106
        using var derived = derivation.DeriveKey("password", data, AeadAlgorithm.Aes256Gcm); //! AGD0106
        var signature = SignatureAlgorithm.Ed25519.Sign(key, data);
        var hash = HashAlgorithm.Sha256.Hash(data);
        await Task.Yield();
    }

    static async Task Through(Argon2id derivation, byte[] salt)
    {
        Derive(derivation, salt); //! AGD0106
        await Task.Yield();
    }

    static byte[] Derive(Argon2id derivation, byte[] salt) => derivation.DeriveBytes("password", salt, 32);
}
