// BCrypt.Net-Next
namespace BCrypt.Net;

public enum HashType
{
    None = -1,
    SHA256,
    SHA384,
    SHA512,
}

public static class BCrypt
{
    public static string HashPassword(string inputKey) => throw null!;
    public static string HashPassword(string inputKey, int workFactor, bool enhancedEntropy = false) => throw null!;
    public static string HashPassword(string inputKey, string salt) => throw null!;
    public static string EnhancedHashPassword(string inputKey) => throw null!;
    public static string EnhancedHashPassword(string inputKey, int workFactor) => throw null!;
    public static string HashString(string inputKey, int workFactor = 11) => throw null!;
    public static bool Verify(string text, string hash, bool enhancedEntropy = false, HashType hashType = HashType.None) => throw null!;
    public static bool EnhancedVerify(string text, string hash, HashType hashType = HashType.SHA384) => throw null!;
    public static string ValidateAndReplacePassword(string currentKey, string currentHash, string newKey, int workFactor = 11,
        bool forceWorkFactor = false) => throw null!;
    public static string GenerateSalt(int workFactor = 11) => throw null!;
}
