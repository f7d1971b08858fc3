using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <inheritdoc cref="InlineAwaitable"/>
internal readonly struct InlineAwaitable<T>(Task<T> task) : ICriticalNotifyCompletion
{
    public bool IsCompleted => task.IsCompleted;

    public InlineAwaitable<T> GetAwaiter() => this;

    public T GetResult() => task.GetAwaiter().GetResult();

    public void OnCompleted(Action continuation) => Continuations.Attach(task, continuation);

    public void UnsafeOnCompleted(Action continuation) => Continuations.Attach(task, continuation);
}
