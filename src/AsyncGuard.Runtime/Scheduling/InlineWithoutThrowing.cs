using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>As <see cref="InlineAwaitable"/>, but says nothing of how the task ended: the code that awaits it looks at the task.</summary>
internal readonly struct InlineWithoutThrowing(Task task) : ICriticalNotifyCompletion
{
    public bool IsCompleted => task.IsCompleted;

    public InlineWithoutThrowing GetAwaiter() => this;

    public void GetResult()
    {
        // As said.
    }

    public void OnCompleted(Action continuation) => Continuations.Attach(task, continuation);

    public void UnsafeOnCompleted(Action continuation) => Continuations.Attach(task, continuation);
}
