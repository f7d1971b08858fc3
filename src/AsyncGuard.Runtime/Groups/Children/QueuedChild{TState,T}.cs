using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <inheritdoc cref="IQueuedChild"/>
/// <remarks>
/// What the starter got is a task that ends as the child does, once it has run. That task is all that a child in the line costs beyond
/// itself: this object serves one child after the other.
/// </remarks>
internal sealed class QueuedChild<TState, T> : IQueuedChild
{
    // Those that are kept go from the threads where children end to the one that starts them, many at a time.
    private const int Batch = 32;
    private const int MostBatches = 32;

    private static readonly object Gate = new();
    private static QueuedChild<TState, T>? s_batches;
    private static int s_batchCount;

    [ThreadStatic]
    private static Stock? s_stock;

    private TaskGroup _group = null!;
    private Func<TState, CancellationToken, Task> _child = null!;
    private TState _state = default!;
    private TaskCompletionSource<T> _result = null!;
    private Action? _finish;

    // Once it has a slot, its record.
    private ChildSite? _site;

    // Where to begin; once that is past, the child's task.
    private object? _placeOrTask;

    private QueuedChild()
    {
    }

    public IQueuedChild? Next { get; set; }

    // Of the first of a batch of those that are kept, the first of the next batch.
    public IQueuedChild? Previous { get; set; }

    public ChildRecord? Record => _site is null ? null : (ChildRecord)(_site = _site.Record());

    public ChildRecord? OwnRecord => _site as ChildRecord;

    public ChildRecord? Starter { get; private set; }

    public CapturedContext? Place => _placeOrTask as CapturedContext;

    public Task<T> Task => _result.Task;

    public static QueuedChild<TState, T> For(TaskGroup group, Func<TState, CancellationToken, Task> child, TState state,
        ChildSite? site)
    {
        var queued = Take() ?? new QueuedChild<TState, T>();
        queued._group = group;
        queued._child = child;
        queued._state = state;
        queued._placeOrTask = CapturedContext.Capture();
        queued._result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (site is not null)
        {
            queued._site = site;
            queued.Starter = ChildRecord.Current;
        }

        return queued;
    }

    public void Drop(CancellationToken token)
    {
        var result = _result;
        Keep();
        result.TrySetCanceled(token);
    }

    public void Begin()
    {
        if (((_placeOrTask as CapturedContext)?.Flow ?? _placeOrTask as ExecutionContext) is { } flow)
            ExecutionContext.Run(flow, static child => ((QueuedChild<TState, T>)child!).Call(), this);
        else Call();
    }

    /// <summary>Not begun, and not in a line: it serves another child.</summary>
    public void Keep()
    {
        _group = null!;
        _child = null!;
        _state = default!;
        _result = null!;
        _placeOrTask = null;
        _site = null;
        Starter = null;
        (s_stock ??= new Stock()).Add(this);
    }

    private static QueuedChild<TState, T>? Take() => (s_stock ??= new Stock()).Take();

    private void Call()
    {
        var task = AmbientContext.Invoke(static (queued, token) => queued.Invoke(token), this, _group.CancellationToken);
        _placeOrTask = task;
        if (task.IsCompleted) Finish();
        else if (SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default)
            task.GetAwaiter().UnsafeOnCompleted(_finish ??= Finish);
        else Continuations.Attach(task, _finish ??= Finish);
    }

    private Task Invoke(CancellationToken token)
    {
        if (Record is { } record) ChildRecord.Current = record;
        return _child(_state, token);
    }

    private void Finish()
    {
        var task = (Task)_placeOrTask!;
        var group = _group;
        var record = Record;
        var result = _result;
        Keep();
        // The group learns of a failure before any code that awaits the proxy does.
        group.Observe(task, record);
        Tasks.CopyOutcome(task, result);
        group.ReleaseChild(record);
    }

    /// <summary>What one thread keeps.</summary>
    private sealed class Stock
    {
        private QueuedChild<TState, T>? _first;
        private int _count;

        public void Add(QueuedChild<TState, T> kept)
        {
            kept.Next = _first;
            _first = kept;
            if (++_count < Batch) return;
            lock (Gate)
            {
                if (s_batchCount < MostBatches)
                {
                    kept.Previous = s_batches;
                    s_batches = kept;
                    s_batchCount++;
                }
            }

            _first = null;
            _count = 0;
        }

        public QueuedChild<TState, T>? Take()
        {
            if (_first is null && !TryTakeBatch()) return null;
            var kept = _first!;
            _first = (QueuedChild<TState, T>?)kept.Next;
            kept.Next = null;
            _count--;
            return kept;
        }

        private bool TryTakeBatch()
        {
            if (Volatile.Read(ref s_batches) is null) return false;
            lock (Gate)
            {
                if (s_batches is not { } batch) return false;
                s_batches = (QueuedChild<TState, T>?)batch.Previous;
                batch.Previous = null;
                s_batchCount--;
                _first = batch;
            }

            _count = Batch;
            return true;
        }
    }
}
