using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>The task of a group whose result is put together from its children, once all of them have succeeded.</summary>
internal sealed class CollectingCompletion<T>(
    Func<T> collect) : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously), IGroupCompletion
{
    Task IGroupCompletion.Task => Task;

    public bool TrySucceed(Task? body) => TrySetResult(collect());

    public void Fail(Exception exception) => TrySetException(exception);

    public void Fail(IEnumerable<Exception> exceptions) => TrySetException(exceptions);

    public void Cancel(CancellationToken token) => TrySetCanceled(token);
}
