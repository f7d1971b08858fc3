// Argon2
using System.Security.Cryptography;
using System.Threading.Tasks;

namespace Isopoh.Cryptography.Argon2
{
    public sealed class Argon2
    {
        public static string Hash(string password, string? secret = null, int timeCost = 3, int memoryCost = 65536, int parallelism = 1) =>
            throw null!;
        public static bool Verify(string encoded, string password) => throw null!;
    }
}

namespace Konscious.Security.Cryptography
{
    public abstract class Argon2 : DeriveBytes
    {
        protected Argon2(byte[] password) { }
        public int Iterations { get; set; }
        public override byte[] GetBytes(int bc) => throw null!;
        public Task<byte[]> GetBytesAsync(int bc) => throw null!;
        public override void Reset() { }
    }

    public class Argon2id : Argon2
    {
        public Argon2id(byte[] password) : base(password) { }
    }
}

namespace Scrypt
{
    public class ScryptEncoder
    {
        public string Encode(string password) => throw null!;
        public bool Compare(string password, string hashedPassword) => throw null!;
    }
}
