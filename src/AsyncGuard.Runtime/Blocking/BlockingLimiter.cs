using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// A pool of threads for work that blocks, apart from the thread pool.
/// <list type="bullet">
/// <item>Threads are made when they are needed, up to <see cref="MaxThreads"/>, and end after ten idle seconds. They are background
/// threads. One that has run out of work spins for at most 50 microseconds before it sleeps.</item>
/// <item>With all of them busy, work waits its turn, first come, first served.</item>
/// <item>Work that is queued by work of the same pool may be what that one waits for: with all threads busy it gets a thread beyond the
/// limit, one for each
/// piece of work that does so.</item>
/// </list>
/// </summary>
public sealed class BlockingLimiter
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private BlockingLine _work;
    private BlockingLine _nested;
    private int _threads;
    private int _extraThreads;
    private IdleThreads _idle;
    private int _waiting;

    // A thread that puts work into a line counts it before it looks here; the one that looks out reads the count after it has closed this.
    private BlockingLookout _lookout;
    private BlockingGlance _glance;

    // Threads that were woken or made for work, and have not looked for it yet.
    private int _arriving;
    private int _number;

    /// <summary>Makes a pool.</summary>
    /// <param name="maxThreads">At least 1.</param>
    /// <param name="name">The threads are called <c>name 1</c>, <c>name 2</c> and so on.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxThreads"/> is less than 1.</exception>
    public BlockingLimiter(int maxThreads, string name = "AsyncGuard blocking")
    {
        if (maxThreads < 1) throw new ArgumentOutOfRangeException(nameof(maxThreads), maxThreads, "Must be at least 1.");
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

    /// <summary>How many threads are working, or have just worked and do not sleep yet, at this moment.</summary>
    public int BusyCount
    {
        get
        {
            lock (_gate) return _threads + _extraThreads - _idle.Count;
        }
    }

    /// <summary>How much work waits for a thread, at this moment.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_gate) return _waiting;
        }
    }

    /// <summary>True: a thread that was awake has it.</summary>
    internal bool Queue(IBlockingCall work)
    {
        // Not past work that waits, unless that may be waiting for this.
        if (_lookout.IsOpen && (work.Outer is not null || Volatile.Read(ref _waiting) == 0) && _lookout.TryHand(work)) return true;
        Helper helper;
        lock (_gate)
        {
            if (work.IsDropped) return false;
            if (work.Outer is null) _work.Add(work);
            else _nested.Add(work);
            _waiting++;
            Interlocked.MemoryBarrier();
            helper = work.Outer is { } outer ? CallHelperFor(outer) : CallHelper();
        }

        helper.Come();
        return false;
    }

    /// <summary>The work has been cancelled: it keeps no place in the line.</summary>
    internal void Remove(IBlockingCall work)
    {
        lock (_gate)
        {
            if (!work.IsListed) return;
            if (work.Outer is null) _work.Remove(work);
            else _nested.Remove(work);
            _waiting--;
        }
    }

    /// <inheritdoc cref="BlockingGlance.At"/>
    [NonBlocking]
    internal void Glance(Task work) => _glance.At(work);

    /// <summary>
    /// Under the lock: another thread for the work that waits. One at a time: the thread that takes work calls the next, so that a burst of
    /// the smallest work does not wake many threads, and work that blocks has a thread each as soon as they can be woken.
    /// </summary>
    private Helper CallHelper()
    {
        Debug.Assert(Monitor.IsEntered(_gate));
        return _waiting == 0 || _arriving > 0 || _lookout.IsTaken ? default : NextHelper();
    }

    /// <summary>
    /// Under the lock: a thread for work that this one may be waiting for, unless as many are coming as there is work that waits.
    /// </summary>
    private Helper CallHelperFor(BlockingFlow outer)
    {
        if (_arriving >= _waiting) return default;
        if (_idle.Count > 0 || _threads < MaxThreads) return NextHelper();
        if (outer.HasExtraThread) return default;
        outer.HasExtraThread = true;
        _extraThreads++;
        _arriving++;
        return new Helper(null, NewThread(() => RunNested(outer)));
    }

    private Helper NextHelper()
    {
        if (_idle.Take() is { } idle)
        {
            _arriving++;
            return new Helper(idle, null);
        }

        if (_threads == MaxThreads) return default;
        _threads++;
        _arriving++;
        return new Helper(null, NewThread(Run));
    }

    private Thread NewThread(ThreadStart run)
        => new(run) { IsBackground = true, Name = $"{Name} {(++_number).ToString(CultureInfo.InvariantCulture)}" };

    private void Run()
    {
        var self = new IdleThread();
        while (Take(self) is { } work) work.Run();
    }

    /// <summary>Serves only work that other work may be waiting for, and leaves when there is none.</summary>
    private void RunNested(BlockingFlow outer)
    {
        var arrives = true;
        while (true)
        {
            IBlockingCall? work;
            Helper helper;
            lock (_gate)
            {
                if (arrives) _arriving--;
                arrives = false;
                work = _nested.Take();
                if (work is null)
                {
                    _extraThreads--;
                    outer.HasExtraThread = false;
                }
                else
                {
                    _waiting--;
                }

                helper = CallHelper();
            }

            helper.Come();
            if (work is null) return;
            work.Run();
        }
    }

    /// <summary>Null: idle for long, and the thread leaves.</summary>
    private IBlockingCall? Take(IdleThread self)
    {
        if (self.HasArrived && LookOut() is { } handed) return handed;
        Helper helper;
        IBlockingCall? work;
        lock (_gate)
        {
            if (!self.HasArrived)
            {
                self.HasArrived = true;
                _arriving--;
            }

            work = TakeNow();
            if (work is null) _idle.Add(self);
            helper = CallHelper();
        }

        helper.Come();
        return work ?? Sleep(self);
    }

    /// <summary>
    /// Waking a thread costs more than the smallest work: one of those that have just worked looks out for more before it goes to sleep.
    /// Null: there may be work in a line, or none.
    /// </summary>
    private IBlockingCall? LookOut()
    {
        if (Volatile.Read(ref _waiting) > 0 || !_lookout.TryOpen()) return null;
        var work = _lookout.Wait(ref _waiting);
        if (work is not null && Volatile.Read(ref _waiting) > 0)
        {
            // The thread that put it into the line has relied on this one.
            Helper helper;
            lock (_gate) helper = CallHelper();
            helper.Come();
        }

        return work;
    }

    /// <inheritdoc cref="Take"/>
    private IBlockingCall? Sleep(IdleThread self)
    {
        while (true)
        {
            var isWoken = self.Sleep(IdleTime);
            Helper helper;
            IBlockingCall? work;
            lock (_gate)
            {
                if (!isWoken && self.IsListed)
                {
                    _idle.Remove(self);
                    _threads--;
                    return null;
                }

                // Chosen at the last moment: the call that wakes it is being made.
                if (!isWoken) continue;
                _arriving--;
                work = TakeNow();
                if (work is null) _idle.Add(self);
                helper = CallHelper();
            }

            helper.Come();
            if (work is not null) return work;
        }
    }

    /// <summary>Under the lock.</summary>
    private IBlockingCall? TakeNow()
    {
        Debug.Assert(Monitor.IsEntered(_gate));
        var work = _nested.Take() ?? _work.Take();
        if (work is not null) _waiting--;
        return work;
    }

    /// <summary>A thread to wake or to begin, outside the lock; or none.</summary>
    private readonly struct Helper(IdleThread? idle, Thread? thread)
    {
        public void Come()
        {
            idle?.Wake();
            if (thread is not null) OwnThread.Start(thread);
        }
    }
}
