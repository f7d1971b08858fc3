using System.Threading;

namespace AsyncGuard;

/// <summary>A child that waits for a slot under <see cref="TaskGroupOptions.MaxConcurrency"/>.</summary>
internal abstract class QueuedChild(CapturedContext context, ChildRecord? record)
{
    public QueuedChild? Next;

    /// <summary>Its own; null in groups that keep none.</summary>
    public ChildRecord? Record => record;

    /// <summary>The running child that started this one, where that is known.</summary>
    public ChildRecord? Starter { get; } = ChildRecord.Current;

    /// <summary>Starts the child where its starter stood.</summary>
    public void Launch() => context.Queue(Run);

    /// <summary>The group stopped before a slot was free.</summary>
    public abstract void Drop(CancellationToken token);

    protected abstract void Run();
}
