using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard.Support;

/// <summary>Children for tests.</summary>
internal static class Child
{
    /// <summary>Waits until it is cancelled.</summary>
    public static Task Forever(CancellationToken token) => Task.Delay(Timeout.Infinite, token);

    public static async Task Fails(CancellationToken token)
    {
        await Task.Yield();
        throw new DivideByZeroException();
    }

    public static Task FailsAtOnce(CancellationToken token) => throw new DivideByZeroException();

    public static async Task Yields(CancellationToken token) => await Task.Yield();

    /// <summary>Fails while it is being cancelled.</summary>
    public static async Task FailsInCleanup(CancellationToken token)
    {
        try
        {
            await Forever(token);
        }
        finally
        {
            throw new DivideByZeroException();
        }
    }

    /// <summary>Several steps, none of which looks at the token.</summary>
    public static async Task Stubborn(int steps)
    {
        for (var i = 0; i < steps; i++) await Task.Yield();
    }
}
