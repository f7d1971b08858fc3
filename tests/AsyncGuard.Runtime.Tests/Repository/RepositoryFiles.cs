using System.IO;
using System.Runtime.CompilerServices;

namespace AsyncGuard.Repository;

internal static class RepositoryFiles
{
    public static string Root { get; } = Find();

    private static string Find([CallerFilePath] string? here = null)
    {
        var directory = Path.GetDirectoryName(here);
        while (directory is not null && !File.Exists(Path.Combine(directory, "AsyncGuard.sln")))
            directory = Path.GetDirectoryName(directory);
        return directory ?? throw new DirectoryNotFoundException("AsyncGuard.sln is not above the tests.");
    }
}
