using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// The task that a group hands out. Its continuations run asynchronously, since a group can end inside another caller's
/// <see cref="CancellationTokenSource.Cancel()"/>. Never exposed itself, so it serves as the group's lock too.
/// </summary>
internal sealed class GroupCompletion<T>() : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously), IGroupCompletion
{
    Task IGroupCompletion.Task => Task;

    public bool TrySucceed(Task? body)
    {
        if (typeof(T) == typeof(VoidResult)) return TrySetResult(default!);
        return body is Task<T> { Status: TaskStatus.RanToCompletion } finished && TrySetResult(Tasks.ResultOf(finished));
    }

    public void Fail(Exception exception) => TrySetException(exception);

    public void Fail(IEnumerable<Exception> exceptions) => TrySetException(exceptions);

    public void Cancel(CancellationToken token) => TrySetCanceled(token);
}
