using System.Diagnostics;
using System.Text.Json;
using Reporting;

namespace Streaming;

/// <summary>One download by one form, in a process of its own.</summary>
public sealed record Measured(string Form, int Megabytes, double PeakProcessMegabytes, double PeakHeapMegabytes, double Seconds,
    string Hash);

/// <summary>Measured downloads, and the hash of each file as the service has it.</summary>
public sealed record Outcome(IReadOnlyList<Measured> Downloads, IReadOnlyDictionary<int, string> Hashes);

internal static class Measurement
{
    public static readonly string[] Forms = ["before, buffered", "before, unlimited channel", "after, bounded channel"];

    public static async Task<Outcome> RunAsync(IReadOnlyList<int> sizes, CancellationToken cancellationToken = default)
    {
        await using var service = await FileService.StartAsync(cancellationToken);
        var downloads = new List<Measured>();
        foreach (var megabytes in sizes)
        {
            foreach (var form in Forms)
            {
                await using var child = ChildProcess.Start("download", form, $"{service.Url}/files/{megabytes}", $"{megabytes}");
                downloads.Add(JsonSerializer.Deserialize<Measured>(await child.ReadLineAsync(cancellationToken))!);
            }
        }

        return new Outcome(downloads, sizes.ToDictionary(size => size, FileService.HashOf));
    }

    /// <summary>In the child process: downloads, and watches its own memory.</summary>
    public static async Task<Measured> DownloadAsync(string form, Uri source, int megabytes, CancellationToken cancellationToken = default)
    {
        using var client = new HttpClient();
        await using var target = new SlowTarget(TimeSpan.FromMilliseconds(1));
        var clock = Stopwatch.StartNew();
        var copying = form switch
        {
            "before, buffered" => new Before.Download().CopyBufferedAsync(source, target, cancellationToken),
            "before, unlimited channel" => new Before.Download().CopyUnlimitedAsync(client, source, target, cancellationToken),
            _ => new After.Download(client).CopyAsync(source, target, Settings.Capacity, cancellationToken),
        };
        var heap = 0L;
        using var sampling = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!copying.IsCompleted)
        {
            heap = Math.Max(heap, GC.GetTotalMemory(forceFullCollection: false));
            await sampling.WaitForNextTickAsync(cancellationToken);
        }

        await copying;
        using var process = Process.GetCurrentProcess();
        return new Measured(form, megabytes, process.PeakWorkingSet64 / 1048576.0, heap / 1048576.0, clock.Elapsed.TotalSeconds,
            target.Hash);
    }
}
