using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>One call for <see cref="AmbientContext"/>: a state machine with a single step.</summary>
internal struct Invocation<T1, T2>(Func<T1, T2, Task?> call, T1 first, T2 second) : IAsyncStateMachine
{
    public Task? Task { get; private set; }

    public Exception? Error { get; private set; }

    public void MoveNext()
    {
        try
        {
            Task = call(first, second);
        }
        catch (Exception exception)
        {
            Error = exception;
        }
    }

    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
        // Never suspended, so never boxed.
    }
}
