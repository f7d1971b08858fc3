using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>The task that a group hands out, seen without its result type.</summary>
internal interface IGroupCompletion
{
    Task Task { get; }

    /// <summary>Succeeds with the body's result; false when the body has none to give.</summary>
    bool TrySucceed(Task? body);

    void Fail(Exception exception);

    void Fail(IEnumerable<Exception> exceptions);

    void Cancel(CancellationToken token);
}
