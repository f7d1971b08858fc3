using System.Runtime.CompilerServices;
using AsyncGuard;

namespace MiniLoop.After;

/// <summary>
/// The smallest awaitable: <c>await new NextTurn(loop)</c> continues in the next turn of the loop, after all callbacks that are ready now.
/// </summary>
public readonly struct NextTurn(EventLoop loop) : ICriticalNotifyCompletion
{
    public bool IsCompleted => false;

    public NextTurn GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => loop.CallSoon(continuation);

    public void UnsafeOnCompleted(Action continuation) => loop.CallSoon(continuation);
}
