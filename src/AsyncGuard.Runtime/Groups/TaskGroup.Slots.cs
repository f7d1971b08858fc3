using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

public sealed partial class TaskGroup
{
    /// <summary>
    /// Starts a child only if it can run at once.
    /// <list type="bullet">
    /// <item>False, without calling the child: all slots are taken, the group is stopping, or it has ended.</item>
    /// <item>True: as <see cref="Start(Func{CancellationToken, Task}, string?, string?, int)"/>.</item>
    /// </list>
    /// </summary>
    /// <param name="child">The work.</param>
    /// <param name="task">The child's own task, or null.</param>
    /// <param name="name">A name for reports.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>Whether the child was called.</returns>
    public bool TryStart(
        Func<CancellationToken, Task> child,
        [NotNullWhen(true)] out Task? task,
        string? name = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        task = null;
        var record = Site(name, file, line)?.Record();
        if (!TryEnterIfRoom(record, out var isFull) || isFull) return false;
        task = Call(static (child, token) => child(token), child, record);
        return true;
    }

    /// <summary>
    /// Waits until a child could start at once, so that a producer does not run ahead of a limited group.
    /// <list type="bullet">
    /// <item>Complete at once without <see cref="TaskGroupOptions.MaxConcurrency"/>, or with a free slot.</item>
    /// <item>Reserves nothing: with several producers a start may still have to wait its turn.</item>
    /// <item><see cref="OperationCanceledException"/> when <paramref name="cancellationToken"/> is cancelled or the group is asked to stop;
    /// <see cref="InvalidOperationException"/> when the group has ended.</item>
    /// </list>
    /// </summary>
    /// <param name="cancellationToken">Cancels this wait only.</param>
    /// <returns>Await once.</returns>
    public ValueTask WaitForSlotAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return new ValueTask(Task.FromCanceled(cancellationToken));
        Waiter<VoidResult> waiter;
        GroupExtras extras;
        bool isSuspect;
        lock (_completion)
        {
            if (_counts.HasEnded) return new ValueTask(Task.FromException(HasEnded()));
            if (_counts.IsStopping) return new ValueTask(Tasks.Canceled<VoidResult>(IsShuttingDown()));
            if (_extras is null || _extras.HasRoom(RunningCount)) return default;
            extras = _extras;
            waiter = extras.WaitForSlot(extras.KeepsRecords ? ChildRecord.Current : null);
            isSuspect = extras.MayWaitForItself();
        }

        if (isSuspect) WatchForDeadlock(extras);
        waiter.List.Watch(waiter, cancellationToken);
        return new ValueTask(waiter.Task);
    }
}
