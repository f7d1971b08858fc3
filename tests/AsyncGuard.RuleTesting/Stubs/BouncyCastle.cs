// BouncyCastle.Cryptography
namespace Org.BouncyCastle.Crypto.Generators;

public static class BCrypt
{
    public static byte[] Generate(byte[] password, byte[] salt, int cost) => throw null!;
}

public static class OpenBsdBCrypt
{
    public static string Generate(char[] password, byte[] salt, int cost) => throw null!;
    public static bool CheckPassword(string bcryptString, char[] password) => throw null!;
}

public static class SCrypt
{
    public static byte[] Generate(byte[] P, byte[] S, int N, int r, int p, int dkLen) => throw null!;
}

public sealed class Argon2BytesGenerator
{
    public int GenerateBytes(byte[] password, byte[] output) => throw null!;
}

public class RsaKeyPairGenerator
{
    public object GenerateKeyPair() => throw null!;
}

public class DsaParametersGenerator
{
    public object GenerateParameters() => throw null!;
}

public class DHParametersGenerator
{
    public object GenerateParameters() => throw null!;
}
