using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

/// <summary>Work that a test's program does: what of it was started, what ended and how, and what is still running.</summary>
public static class Probe
{
    private static readonly List<string> Entries = new List<string>();
    private static readonly TaskCompletionSource<bool> Failure =
        new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
    private static int running;

    /// <summary>The name of the work that fails, if any does.</summary>
    public static string? Failing { get; set; }

    /// <summary>Whether other work that is running when some work fails goes on until it is cancelled.</summary>
    public static bool WaitsForCancellation { get; set; }

    /// <summary>The name of the only work that ends by itself, if there is one.</summary>
    public static string? Winner { get; set; }

    public static int Running => Volatile.Read(ref running);

    public static string[] Log
    {
        get
        {
            lock (Entries) return Entries.ToArray();
        }
    }

    public static void Note(string entry)
    {
        lock (Entries) Entries.Add(entry);
    }

    public static Task WorkAsync(string name, CancellationToken cancellationToken = default) =>
        DoAsync(name, WaitsForCancellation, cancellationToken);

    /// <summary>Work that cannot be cancelled.</summary>
    public static Task StubbornAsync(string name) => DoAsync(name, false, CancellationToken.None);

    public static async Task<int> CountAsync(string name, int value, CancellationToken cancellationToken = default)
    {
        await WorkAsync(name, cancellationToken);
        return value;
    }

    public static async ValueTask SaveAsync(string name, CancellationToken cancellationToken = default) =>
        await WorkAsync(name, cancellationToken);

    private static async Task DoAsync(string name, bool waits, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref running);
        try
        {
            await Task.Yield();
            if (Failing == name)
            {
                Failure.TrySetResult(true);
                throw new System.InvalidOperationException(name);
            }

            if (Winner != null && Winner != name) await Task.Delay(Timeout.Infinite, cancellationToken);
            if (Failing != null && waits && await FailsMeanwhileAsync()) await Task.Delay(Timeout.Infinite, cancellationToken);
            Note(name);
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    // Work whose turn comes after this one cannot fail before this one has ended.
    private static async Task<bool> FailsMeanwhileAsync()
    {
        using var limit = new CancellationTokenSource();
        var fails = await Task.WhenAny(Failure.Task, Task.Delay(500, limit.Token)) == Failure.Task;
        limit.Cancel();
        return fails;
    }
}
