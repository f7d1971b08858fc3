using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;

namespace AsyncGuard;

/// <summary>
/// A pool of threads for work that blocks, apart from the thread pool.
/// <list type="bullet">
/// <item>Threads are made when they are needed, up to <see cref="MaxThreads"/>, and leave after ten idle seconds. They are background threads.</item>
/// <item>With all of them busy, work waits its turn, first come, first served.</item>
/// </list>
/// </summary>
public sealed class BlockingLimiter
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private readonly Queue<Action> _work = new();
    private int _threads;
    private int _idle;
    private int _number;

    /// <summary>Makes a pool.</summary>
    /// <param name="maxThreads">At least 1.</param>
    /// <param name="name">The threads are called <c>name 1</c>, <c>name 2</c> and so on.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxThreads"/> is less than 1.</exception>
    public BlockingLimiter(int maxThreads, string name = "AsyncGuard blocking")
    {
        if (maxThreads < 1)
            throw new ArgumentOutOfRangeException(nameof(maxThreads), maxThreads, "Must be at least 1.");
        Ensure.NotNull(name);
        MaxThreads = maxThreads;
        Name = name;
    }

    /// <summary>The pool that <see cref="BlockingWork"/> uses by default: four threads for each processor, at least 32.</summary>
    public static BlockingLimiter Default { get; } = new(Math.Max(32, Environment.ProcessorCount * 4));

    /// <summary>How many threads run at once at most.</summary>
    public int MaxThreads { get; }

    /// <summary>The first part of the threads' names.</summary>
    public string Name { get; }

    /// <summary>How many threads are working, at this moment.</summary>
    public int BusyCount
    {
        get
        {
            lock (_gate)
                return _threads - _idle;
        }
    }

    /// <summary>How much work waits for a thread, at this moment.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_gate)
                return _work.Count;
        }
    }

    internal void Queue(Action work)
    {
        int number;
        lock (_gate)
        {
            _work.Enqueue(work);
            // An idle thread may already be meant for earlier work.
            if (_idle >= _work.Count)
            {
                Monitor.Pulse(_gate);
                return;
            }
            if (_threads == MaxThreads)
                return;
            _threads++;
            number = ++_number;
        }
        var thread = new Thread(Run) { IsBackground = true, Name = $"{Name} {number.ToString(CultureInfo.InvariantCulture)}" };
#if NETSTANDARD2_0
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
            thread.Start();
#else
        thread.UnsafeStart();
#endif
    }

    private void Run()
    {
        while (true)
        {
            Action work;
            lock (_gate)
            {
                while (_work.Count == 0)
                {
                    _idle++;
                    var signalled = Monitor.Wait(_gate, IdleTime);
                    _idle--;
                    if (!signalled && _work.Count == 0)
                    {
                        _threads--;
                        return;
                    }
                }
                work = _work.Dequeue();
            }
            // Keeps its exceptions to itself.
            work();
        }
    }
}
