using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard.Cli.Fixing;

/// <summary>
/// Writes all changes or none: new texts go into temporary files first, and an error while they are put in place puts the originals back.
/// </summary>
internal static class FileWriter
{
    public static async Task WriteAsync(IReadOnlyList<FileChange> changes, CancellationToken cancellationToken)
    {
        var suffix = $".{Guid.NewGuid():N}.asyncguard";
        var replaced = new List<FileChange>();
        try
        {
            foreach (var change in changes) await WriteTextAsync(change.Path + suffix, change, cancellationToken).ConfigureAwait(false);
            foreach (var change in changes)
            {
                if (change.Before is not null) File.Copy(change.Path, change.Path + suffix + ".original");
                File.Move(change.Path + suffix, change.Path, overwrite: true);
                replaced.Add(change);
            }
        }
        catch
        {
            foreach (var change in replaced)
            {
                if (change.Before is null) File.Delete(change.Path);
                else File.Move(change.Path + suffix + ".original", change.Path, overwrite: true);
            }

            throw;
        }
        finally
        {
            foreach (var change in changes)
            {
                File.Delete(change.Path + suffix);
                File.Delete(change.Path + suffix + ".original");
            }
        }
    }

    private static async Task WriteTextAsync(string path, FileChange change, CancellationToken cancellationToken)
    {
        var writer = new StreamWriter(path, append: false, change.Encoding);
        await using (writer.ConfigureAwait(false))
            await writer.WriteAsync(change.After.AsMemory(), cancellationToken).ConfigureAwait(false);
    }
}
