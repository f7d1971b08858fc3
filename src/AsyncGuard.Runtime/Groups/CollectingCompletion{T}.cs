using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>The task of a group whose result is put together from its children, once all of them have succeeded.</summary>
internal sealed class CollectingCompletion<T>() : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously), IGroupCompletion
{
    public Func<T>? Collect { get; set; }

    Task IGroupCompletion.Task => Task;

    public bool TrySucceed(Task? body) => TrySetResult(Collect!());

    public void Fail(Exception exception) => TrySetException(exception);

    public void Fail(IEnumerable<Exception> exceptions) => TrySetException(exceptions);

    public void Cancel(CancellationToken token) => TrySetCanceled(token);
}
