using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;

namespace AsyncGuard;

/// <summary>
/// A pool of threads for work that blocks, apart from the thread pool.
/// <list type="bullet">
/// <item>Threads are made when they are needed, up to <see cref="MaxThreads"/>, and leave after ten idle seconds. They are background threads.</item>
/// <item>With all of them busy, work waits its turn, first come, first served.</item>
/// <item>Work that is queued by work of the same pool may be what that one waits for: with all threads busy it gets a thread beyond the limit, one for each
/// piece of work that does so.</item>
/// </list>
/// </summary>
public sealed class BlockingLimiter
{
#if NETSTANDARD2_0
    // Beyond that many a spin sleeps for a millisecond.
    private const int SpinCount = 19;
#else
    private const int SpinCount = 60;
#endif

    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private BlockingLine _work;
    private BlockingLine _nested;
    private int _threads;
    private int _extraThreads;
    private int _waiting;
    private int _spinning;
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
                return _threads + _extraThreads - _idle;
        }
    }

    /// <summary>How much work waits for a thread, at this moment.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_gate)
                return _waiting;
        }
    }

    internal void Queue(IBlockingCall work, BlockingFlow? outer)
    {
        int number;
        lock (_gate)
        {
            if (outer is null)
                _work.Add(work);
            else
                _nested.Add(work);
            // Threads that are looking for work see it, and need not be woken; an idle one may already be meant for earlier work.
            Volatile.Write(ref _waiting, _waiting + 1);
            if (_spinning + _idle >= _waiting)
            {
                if (_spinning < _waiting)
                    Monitor.Pulse(_gate);
                return;
            }
            if (_threads < MaxThreads)
            {
                _threads++;
                outer = null;
            }
            else if (outer is not null && !outer.HasExtraThread)
            {
                _extraThreads++;
                outer.HasExtraThread = true;
            }
            else
            {
                return;
            }
            number = ++_number;
        }
        var thread = new Thread(outer is null ? Run : () => RunNested(outer)) { IsBackground = true, Name = $"{Name} {number.ToString(CultureInfo.InvariantCulture)}" };
#if NETSTANDARD2_0
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
            thread.Start();
#else
        thread.UnsafeStart();
#endif
    }

    private void Run()
    {
        while (Take() is { } work)
            work.Run();
    }

    /// <summary>Serves only work that other work may be waiting for, and leaves when there is none.</summary>
    private void RunNested(BlockingFlow outer)
    {
        while (true)
        {
            IBlockingCall? work;
            lock (_gate)
            {
                work = _nested.Take();
                if (work is null)
                {
                    _extraThreads--;
                    outer.HasExtraThread = false;
                    return;
                }
                _waiting--;
            }
            work.Run();
        }
    }

    /// <summary>Null: idle for long, and the thread leaves.</summary>
    private IBlockingCall? Take()
    {
        lock (_gate)
        {
            if (TakeNow() is { } work)
                return work;
            // Waking a thread costs more than the smallest work: one of those that have just worked looks out for more before it goes to sleep.
            if (_spinning == 0)
            {
                _spinning = 1;
                Monitor.Exit(_gate);
                try
                {
                    Spin();
                }
                finally
                {
                    Monitor.Enter(_gate);
                    _spinning = 0;
                }
            }
            while (true)
            {
                if (TakeNow() is { } late)
                    return late;
                _idle++;
                var signalled = Monitor.Wait(_gate, IdleTime);
                _idle--;
                if (!signalled && _waiting == 0)
                {
                    _threads--;
                    return null;
                }
            }
        }
    }

    /// <summary>Under the lock.</summary>
    private IBlockingCall? TakeNow()
    {
        Debug.Assert(Monitor.IsEntered(_gate));
        var work = _nested.Take() ?? _work.Take();
        if (work is not null)
            _waiting--;
        return work;
    }

    private void Spin()
    {
        var spinner = new SpinWait();
        for (var i = 0; i < SpinCount && Volatile.Read(ref _waiting) == 0; i++)
        {
#if NETSTANDARD2_0
            spinner.SpinOnce();
#else
            spinner.SpinOnce(sleep1Threshold: -1);
#endif
        }
    }
}
