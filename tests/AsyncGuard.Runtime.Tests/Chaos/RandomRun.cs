using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Chaos;

/// <summary>
/// One program drawn from a seed: what it throws, and what of it is running. On real threads, so a seed repeats the draws and not the
/// order.
/// </summary>
internal sealed class RandomRun(int seed)
{
    private readonly object _gate = new();
    private readonly Random _random = new(seed);
    private readonly ConcurrentQueue<Exception> _thrown = new();
    private int _running;

    public int ThrownCount => _thrown.Count;

    public int Next(int below)
    {
        lock (_gate) return _random.Next(below);
    }

    public bool OneIn(int chances) => Next(chances) == 0;

    public async Task PauseAsync(CancellationToken token)
    {
        switch (Next(6))
        {
            case 0:
                break;
            case 1:
                await Task.Yield();
                break;
            case 2:
                Thread.SpinWait(50);
                break;
            case 3:
                await Task.Delay(1, token);
                break;
            case 4:
                await Task.Yield();
                token.ThrowIfCancellationRequested();
                break;
            default:
                await Child.Stubborn(3);
                break;
        }
    }

    /// <summary>An error that has to come out somewhere.</summary>
    public Exception Error(string where)
    {
        var error = new PlannedException($"{where}, seed {seed}");
        _thrown.Enqueue(error);
        return error;
    }

    public bool IsMine(PlannedException error) => _thrown.Contains(error);

    /// <summary>Work that fails once in so many times, and is counted while it runs.</summary>
    public async Task<int> WorkAsync(int item, CancellationToken token, int failures)
    {
        Interlocked.Increment(ref _running);
        try
        {
            await PauseAsync(token);
            return OneIn(failures) ? throw Error("work") : item;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    /// <summary>Now and then, and at any time.</summary>
    public async Task CancelPerhapsAsync(CancellationTokenSource source)
    {
        if (!OneIn(3)) return;
        if (OneIn(2)) await Task.Yield();
        if (OneIn(2)) await Task.Delay(1);
        source.Cancel();
    }

    /// <summary>The end of a call: in time, with nothing left running, and with each error in one place or the other.</summary>
    public async Task<Outcome> EndAsync(Task call, Func<IEnumerable<Exception>>? reports = null)
    {
        await HangGuard.WaitAsync(Task.WhenAny(call), () => $"seed {seed}");
        var outcome = await Outcome.OfAsync(call);
        Assert.True(Volatile.Read(ref _running) == 0, $"seed {seed}: work runs after the end");
        var found = new HashSet<Exception>([.. outcome.Errors, .. reports?.Invoke() ?? []]);
        foreach (var error in _thrown) Assert.True(found.Contains(error), $"lost: {error.Message}");
        if (outcome.Status == TaskStatus.Faulted)
            Assert.All(outcome.Errors, static error => Assert.True(
                error is PlannedException or TimeoutException or InvalidOperationException, error.ToString()));
        return outcome;
    }

    /// <summary>Ends programs of a kind, four at a time.</summary>
    public static async Task ManyAsync(Func<RandomRun, Task> program)
    {
        var count = Soak.Times(400);
        for (var seed = 0; seed < count; seed += 4)
        {
            var first = seed;
            await Task.WhenAll(Enumerable.Range(first, 4).Select(seed => Task.Run(() => program(new RandomRun(seed)))));
        }
    }
}
