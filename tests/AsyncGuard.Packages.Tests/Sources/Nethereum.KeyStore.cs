using Nethereum.KeyStore;

class Uses
{
    static async Task Directly(KeyStoreService service, KeyStoreScryptService scrypt, KeyStorePbkdf2Service pbkdf2, byte[] key)
    {
        var json = service.EncryptAndGenerateDefaultKeyStoreAsJson("password", key, "address"); //! AGD0106
        var back = service.DecryptKeyStoreFromJson("password", json); //! AGD0106
        var store = scrypt.EncryptAndGenerateKeyStore("password", key, "address"); //! AGD0106
        var other = pbkdf2.EncryptAndGenerateKeyStoreAsJson("password", key, "address"); //! AGD0106
        var address = service.GetAddressFromKeyStore(json);
        var name = service.GenerateUTCFileName("address");
        await Task.Yield();
    }
}
