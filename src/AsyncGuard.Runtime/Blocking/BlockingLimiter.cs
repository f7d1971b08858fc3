using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;

namespace AsyncGuard;

/// <summary>
/// A pool of threads for work that blocks, apart from the thread pool.
/// <list type="bullet">
/// <item>Threads are made when they are needed, up to <see cref="MaxThreads"/>, and leave after ten idle seconds. They are background
/// threads.</item>
/// <item>With all of them busy, work waits its turn, first come, first served.</item>
/// <item>Work that is queued by work of the same pool may be what that one waits for: with all threads busy it gets a thread beyond the
/// limit, one for each
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
    private IdleThread? _idleThreads;
    private int _idle;
    private int _waiting;
    private int _spinning;

    // Threads that were woken or made for work, and have not looked for it yet.
    private int _arriving;
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

    internal void Queue(IBlockingCall work)
    {
        Helper helper;
        lock (_gate)
        {
            if (work.Outer is null)
                _work.Add(work);
            else
                _nested.Add(work);
            Volatile.Write(ref _waiting, _waiting + 1);
            helper = work.Outer is { } outer ? CallHelperFor(outer) : CallHelper();
        }
        helper.Come();
    }

    /// <summary>
    /// Under the lock: another thread for the work that waits. One at a time: whoever takes work calls the next, so that a burst of the
    /// smallest work does not wake a crowd, and work that blocks has a thread each as soon as they can be woken.
    /// </summary>
    private Helper CallHelper()
    {
        Debug.Assert(Monitor.IsEntered(_gate));
        return _waiting == 0 || _spinning + _arriving > 0 ? default : NextHelper();
    }

    /// <summary>
    /// Under the lock: a thread for work that this one may be waiting for, unless there is one underway for all that waits.
    /// </summary>
    private Helper CallHelperFor(BlockingFlow outer)
    {
        if (_spinning + _arriving >= _waiting)
            return default;
        if (_idle > 0 || _threads < MaxThreads)
            return NextHelper();
        if (outer.HasExtraThread)
            return default;
        outer.HasExtraThread = true;
        _extraThreads++;
        _arriving++;
        return new Helper(null, NewThread(() => RunNested(outer)));
    }

    private Helper NextHelper()
    {
        if (_idleThreads is { } idle)
        {
            _idleThreads = idle.Next;
            idle.Next = null;
            idle.IsListed = false;
            _idle--;
            _arriving++;
            return new Helper(idle, null);
        }
        if (_threads == MaxThreads)
            return default;
        _threads++;
        _arriving++;
        return new Helper(null, NewThread(Run));
    }

    private Thread NewThread(ThreadStart run)
        => new(run) { IsBackground = true, Name = $"{Name} {(++_number).ToString(CultureInfo.InvariantCulture)}" };

    private void Run()
    {
        var self = new IdleThread();
        while (Take(self) is { } work)
            work.Run();
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
                if (arrives)
                    _arriving--;
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
            if (work is null)
                return;
            work.Run();
        }
    }

    /// <summary>Null: idle for long, and the thread leaves.</summary>
    private IBlockingCall? Take(IdleThread self)
    {
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
            // Waking a thread costs more than the smallest work: one of those that have just worked looks out for more before it goes to
            // sleep.
            if (work is null && _spinning == 0)
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
                work = TakeNow();
            }
            if (work is null)
                Lay(self);
            helper = CallHelper();
        }
        helper.Come();
        return work ?? Sleep(self);
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
                    Unlist(self);
                    _threads--;
                    return null;
                }
                // Chosen at the last moment: the call to wake is under way.
                if (!isWoken)
                    continue;
                _arriving--;
                work = TakeNow();
                if (work is null)
                    Lay(self);
                helper = CallHelper();
            }
            helper.Come();
            if (work is not null)
                return work;
        }
    }

    /// <summary>Under the lock: from now on it can be woken.</summary>
    private void Lay(IdleThread self)
    {
        self.Next = _idleThreads;
        self.IsListed = true;
        _idleThreads = self;
        _idle++;
    }

    private void Unlist(IdleThread self)
    {
        ref var place = ref _idleThreads;
        while (place != self)
            place = ref place!.Next;
        place = self.Next;
        self.IsListed = false;
        _idle--;
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

    /// <summary>A thread to wake or to begin, outside the lock; or none.</summary>
    private readonly struct Helper(IdleThread? idle, Thread? thread)
    {
        public void Come()
        {
            idle?.Wake();
            if (thread is null)
                return;
#if NETSTANDARD2_0
            using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
                thread.Start();
#else
            thread.UnsafeStart();
#endif
        }
    }
}
