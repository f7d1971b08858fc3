using System.Runtime.CompilerServices;

namespace Quickstart.After;

public sealed class Bell : ICriticalNotifyCompletion
{
    public bool IsCompleted { get; private set; }

    public Bell GetAwaiter() => this;

    public void Ring() => IsCompleted = true;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => ThreadPool.QueueUserWorkItem(_ => continuation());

    public void UnsafeOnCompleted(Action continuation) => ThreadPool.QueueUserWorkItem(_ => continuation());
}
