using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>A child in the line that is on record.</summary>
internal sealed class RecordedQueuedChild<TState, T>(TaskGroup group, Func<TState, CancellationToken, Task> child, TState state, ChildRecord record)
    : QueuedChild<TState, T>(group, child, state)
{
    public override ChildRecord? Record => record;

    public override ChildRecord? Starter { get; } = ChildRecord.Current;
}
