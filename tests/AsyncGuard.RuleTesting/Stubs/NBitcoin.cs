// NBitcoin
namespace NBitcoin
{
    public class Network
    {
    }

    public class Key
    {
        public BitcoinEncryptedSecretNoEC GetEncryptedBitcoinSecret(string password, Network network) => throw null!;
    }

    public class BitcoinSecret
    {
        public BitcoinEncryptedSecret Encrypt(string password) => throw null!;
    }

    public abstract class BitcoinEncryptedSecret
    {
        public Key GetKey(string password) => throw null!;
        public abstract bool TryGetKey(string password, out Key key);
    }

    public class BitcoinEncryptedSecretNoEC : BitcoinEncryptedSecret
    {
        public override bool TryGetKey(string password, out Key key) => throw null!;
    }
}

namespace Sodium
{
    public static class PasswordHash
    {
        public enum StrengthArgon
        {
            Interactive,
            Moderate,
            Sensitive,
        }

        public enum Strength
        {
            Interactive,
            Sensitive,
        }

        public static string ArgonHashString(string password, StrengthArgon limit = StrengthArgon.Interactive) => throw null!;
        public static bool ArgonHashStringVerify(string hash, string password) => throw null!;
        public static string ScryptHashString(string password, Strength limit = Strength.Interactive) => throw null!;
        public static bool ScryptHashStringVerify(string hash, string password) => throw null!;
    }
}
