using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Awaits by <see cref="Continuations"/>.</summary>
internal readonly struct InlineAwaitable(Task task) : ICriticalNotifyCompletion
{
    public bool IsCompleted => task.IsCompleted;

    public InlineAwaitable GetAwaiter() => this;

    public void GetResult() => task.GetAwaiter().GetResult();

    public void OnCompleted(Action continuation) => Continuations.Attach(task, continuation);

    public void UnsafeOnCompleted(Action continuation) => Continuations.Attach(task, continuation);
}
