// LibGit2Sharp
namespace LibGit2Sharp;

public sealed class Repository
{
    public static string Clone(string sourceUrl, string workdirPath) => throw null!;
    public static bool IsValid(string path) => throw null!;
}
