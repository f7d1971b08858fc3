using System;
using System.IO;
using System.Threading.Tasks;

namespace AsyncGuard.Cli.Reports;

/// <summary>Files that are there whole or not at all.</summary>
internal static class ReportFile
{
    /// <summary>Writes a temporary file beside the target and then puts it in its place.</summary>
    /// <exception cref="IOException">The file cannot be written; what stood there before still does.</exception>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var temporary = $"{full}.{Guid.NewGuid():N}.tmp";
        try
        {
            var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true);
            await using (stream.ConfigureAwait(false)) await write(stream).ConfigureAwait(false);
            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
