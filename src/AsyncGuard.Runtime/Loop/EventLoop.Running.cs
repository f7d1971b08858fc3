using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

public sealed partial class EventLoop
{
    private void RunUntilComplete(Func<Task> start)
    {
        if (s_running is not null) throw new InvalidOperationException("This thread is running an event loop already.");
        var previous = SynchronizationContext.Current;
        s_running = this;
        SetSynchronizationContext(this);
        Task main;
        try
        {
            main = start();
            _ = main.ContinueWith(
                static (_, state) => ((EventLoop)state!).EndMain(),
                this,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            while (RunOnce())
            {
            }
        }
        finally
        {
            SetSynchronizationContext(previous);
            s_running = null;
            Close();
        }

        if (_errors is not null) throw new AggregateException(main.IsFaulted ? [.. main.Exception!.InnerExceptions, .. _errors] : _errors);
        if (!main.IsCompleted) throw new InvalidOperationException("The event loop was stopped before its main function had ended.");
    }

    private void EndMain()
    {
        lock (_gate)
        {
            _mainEnded = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>One iteration; false when it was the last.</summary>
    private bool RunOnce()
    {
        List<TaskCompletionSource<VoidResult>>? idle = null;
        lock (_gate)
        {
            var hasWork = WaitForWork(ref idle);
            if (hasWork && idle is null)
            {
                var now = _clock.Now;
                while (_timers.Peek() is { } head && (head.IsCanceled || head.When <= now))
                {
                    var handle = _timers.Take();
                    if (handle.IsCanceled) continue;
                    handle.IsReady = true;
                    _ready.Add(handle);
                }

                (_ready, _batch) = (_batch, _ready);
            }
        }

        if (idle is not null)
        {
            foreach (var waiter in idle) waiter.TrySetResult(default);
            return true;
        }

        if (_batch.Count == 0 && !_poolHadItsTurn && _clock.IsVirtual)
        {
            LetThePoolRun();
            _poolHadItsTurn = true;
        }
        else
        {
            _poolHadItsTurn = false;
            _order?.Shuffle(_batch);
            foreach (var handle in _batch) Invoke(handle);
            _batch.Clear();
        }

        lock (_gate) return !_stopping && !_mainEnded;
    }

    /// <summary>
    /// Continuations that must run asynchronously (of a task that WhenAll waits for, say) pass through the thread pool before they come
    /// back to the loop. Before the virtual clock jumps, what is queued there gets its turn.
    /// </summary>
    private static void LetThePoolRun()
    {
        for (var round = 0; round < 2; round++)
        {
            // Not disposed: a pool without a free thread may set it late.
            var turn = new ManualResetEventSlim();
            ThreadPool.UnsafeQueueUserWorkItem(static state => ((ManualResetEventSlim)state!).Set(), turn);
            turn.Wait(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>False: before the virtual clock jumps, the thread pool should have its turn.</summary>
    private bool WaitForWork(ref List<TaskCompletionSource<VoidResult>>? idle)
    {
        while (true)
        {
            _timers.DropCancelled();
            if (_ready.Count > 0 || _stopping || _mainEnded) return true;
            if (_idleWaiters is not null && (_poolHadItsTurn || !_clock.IsVirtual))
            {
                idle = _idleWaiters;
                _idleWaiters = null;
                return true;
            }

            var head = _timers.Peek();
            if (_clock.IsVirtual)
            {
                if (!_poolHadItsTurn) return false;
                if (_timeHolds == 0 && head is not null)
                {
                    if (head.When > _clock.Now) _clock.JumpTo(head.When!.Value);
                    return true;
                }

                if (_timeHolds > 0)
                {
                    Monitor.Wait(_gate);
                }
                else if (!Monitor.Wait(_gate, HangTimeout))
                {
                    throw new InvalidOperationException(
                        $"Deadlock: at {_clock.Now} nothing is ready, {_timers.Count} timers are set, and no other thread has posted anything for {HangTimeout} of real time.");
                }

                continue;
            }

            if (head is null)
            {
                Monitor.Wait(_gate);
                continue;
            }

            var wait = head.When!.Value - _clock.Now;
            if (wait <= TimeSpan.Zero) return true;
            // Rounded up: a wait that ends a fraction early would spin until the timer is due.
            Monitor.Wait(_gate, TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(wait.TotalMilliseconds, LongestWait.TotalMilliseconds))));
        }
    }

    private void Close()
    {
        List<LoopHandle> left;
        int timers;
        lock (_gate)
        {
            _closed = true;
            left = _ready;
            _ready = [];
            timers = _timers.Count - _timers.CancelledCount;
        }

        left.RemoveAll(static handle => handle.IsCanceled);
        foreach (var handle in left) ThreadPool.UnsafeQueueUserWorkItem(_ => InvokeLate(handle), null);
        if (left.Count == 0 && timers == 0) return;
        try
        {
            _options.OnLeftover?.Invoke(new EventLoopLeftover(left.Count, timers));
        }
        catch (Exception exception)
        {
            // It takes no other exception's place.
            (_errors ??= []).Add(exception);
        }
    }
}
