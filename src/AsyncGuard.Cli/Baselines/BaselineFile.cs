using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Baselines;
using AsyncGuard.Cli.Reports;

namespace AsyncGuard.Cli.Baselines;

/// <summary>A baseline on disk and what would stand in it today.</summary>
internal sealed class BaselineFile(string path, IReadOnlyCollection<BaselineEntry> known, IEnumerable<string> needed)
{
    private static readonly string[] Header =
    [
        "# Findings of AsyncGuard that this project accepts: rule | member | code.",
        "# Written by 'asyncguard baseline write'; 'asyncguard baseline check' names the lines that are no longer needed.",
    ];

    public string Path => path;

    /// <summary>The lines that are needed, sorted, each once.</summary>
    public ImmutableArray<string> Lines { get; } = [.. needed.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The lines on disk that match no finding.</summary>
    public IEnumerable<string> Unused() =>
        known.Select(entry => entry.ToString()).Except(Lines, StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>Writes the file, or removes it where nothing is left to accept.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (Lines.IsEmpty)
        {
            File.Delete(path);
            return;
        }

        await ReportFile.WriteAsync(path, async stream =>
        {
            var writer = new StreamWriter(stream) { NewLine = "\n" };
            await using (writer.ConfigureAwait(false))
            {
                foreach (var line in Header.Concat(Lines))
                    await writer.WriteLineAsync(line.AsMemory(), cancellationToken).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }
}
