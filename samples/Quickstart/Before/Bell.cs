using System.Runtime.CompilerServices;

namespace Quickstart.Before;

public sealed class Bell : ICriticalNotifyCompletion
{
    public bool IsCompleted { get; private set; }

    public Bell GetAwaiter() => this;

    public void Ring() => IsCompleted = true;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => continuation();        // AGD0406

    public void UnsafeOnCompleted(Action continuation) => ThreadPool.QueueUserWorkItem(_ => continuation());
}
