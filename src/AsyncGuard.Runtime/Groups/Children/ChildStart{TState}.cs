using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Calls a child and, if it has suspended, watches it: one step, run by <see cref="AmbientContext"/>.</summary>
internal struct ChildStart<TState>(TaskGroup group, Func<TState, CancellationToken, Task?> child, TState state,
    ChildRecord? record) : IAsyncStateMachine
{
    public Task? Task { get; private set; }

    public Exception? Error { get; private set; }

    /// <summary>The group hears of the end by itself.</summary>
    public bool IsWatched { get; private set; }

    public void MoveNext()
    {
        try
        {
            if (record is not null && group.IsLimited) ChildRecord.Current = record;
            Task = child(state, group.CancellationToken);
        }
        catch (Exception exception)
        {
            Error = exception;
            return;
        }

        if (Task is { IsCompleted: false } suspended) IsWatched = group.TryWatch(suspended, record);
    }

    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
        // Never suspended, so never boxed.
    }
}
