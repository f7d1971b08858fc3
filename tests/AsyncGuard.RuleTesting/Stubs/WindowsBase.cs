// WindowsBase
using System;
using System.Threading.Tasks;

namespace System.Windows.Threading;

public class DispatcherOperation
{
    public Task Task => throw null!;
    public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => throw null!;
}

public class DispatcherOperation<TResult> : DispatcherOperation
{
    public new System.Runtime.CompilerServices.TaskAwaiter<TResult> GetAwaiter() => throw null!;
}

public sealed class Dispatcher
{
    public DispatcherOperation BeginInvoke(Delegate method, params object[] args) => throw null!;
    public DispatcherOperation InvokeAsync(Action callback) => throw null!;
    public DispatcherOperation<TResult> InvokeAsync<TResult>(Func<TResult> callback) => throw null!;
    public void Invoke(Action callback) => throw null!;
    public TResult Invoke<TResult>(Func<TResult> callback) => throw null!;
}
