using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard.Cli.Fixing;

/// <summary>
/// Writes all changes or none: new texts go into temporary files first, and an error while they are put in place puts the originals back.
/// Permissions stay as they are, and a link still leads to its file.
/// </summary>
internal static class FileWriter
{
    /// <exception cref="IOException">
    /// A file holds another text than the one that was read, or cannot be written; nothing is changed.
    /// </exception>
    public static async Task WriteAsync(IReadOnlyList<FileChange> changes, CancellationToken cancellationToken)
    {
        changes = [.. changes.Select(change => change with { Path = Linked(change) }).DistinctBy(change => change.Path)];
        var suffix = $".{Guid.NewGuid():N}.asyncguard";
        var replaced = new List<FileChange>();
        try
        {
            foreach (var change in changes)
            {
                await RequireUnchangedAsync(change, cancellationToken).ConfigureAwait(false);
                await WriteTextAsync(change.Path + suffix, change, cancellationToken).ConfigureAwait(false);
            }

            foreach (var change in changes)
            {
                if (change.Before is not null)
                {
                    File.Copy(change.Path, change.Path + suffix + ".original");
                    if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(change.Path + suffix, File.GetUnixFileMode(change.Path));
                }

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

    private static string Linked(FileChange change) =>
        (change.Before is null ? null : File.ResolveLinkTarget(change.Path, returnFinalTarget: true)?.FullName) ?? change.Path;

    // A run takes minutes in a large solution: what was written into a file meanwhile is not lost, nor what its encoding cannot tell.
    private static async Task RequireUnchangedAsync(FileChange change, CancellationToken cancellationToken)
    {
        if (change.Before is not { } before)
        {
            if (File.Exists(change.Path)) throw new IOException($"'{change.Path}' has been added since; nothing was written.");
            return;
        }

        var bytes = await File.ReadAllBytesAsync(change.Path, cancellationToken).ConfigureAwait(false);
        var head = change.Encoding.GetPreamble();
        if (!bytes.AsSpan().StartsWith(head) || !bytes.AsSpan(head.Length).SequenceEqual(change.Encoding.GetBytes(before)))
            throw new IOException($"'{change.Path}' has changed since it was read; nothing was written.");
    }

    private static async Task WriteTextAsync(string path, FileChange change, CancellationToken cancellationToken)
    {
        var writer = new StreamWriter(path, append: false, change.Encoding);
        await using (writer.ConfigureAwait(false))
            await writer.WriteAsync(change.After.AsMemory(), cancellationToken).ConfigureAwait(false);
    }
}
