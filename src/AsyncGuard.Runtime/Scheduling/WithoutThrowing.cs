using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// Waits for the end of a task, however it ends, and then continues where user code may be called: under <see cref="IKeepsContinuations"/>
/// there, else
/// never in the caller's context (which may be blocked) and never inside another one's.
/// </summary>
internal readonly struct WithoutThrowing(Task task) : ICriticalNotifyCompletion
{
    public bool IsCompleted => task.IsCompleted;

    public WithoutThrowing GetAwaiter() => this;

    public void GetResult()
    {
        // The code that awaits it looks at the task.
    }

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation)
    {
        if (Continuations.StayHere) Continuations.Attach(task, continuation);
        else task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(continuation);
    }
}
