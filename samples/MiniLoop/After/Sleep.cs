using AsyncGuard;

namespace MiniLoop.After;

/// <summary>A sleep that costs one turn of the loop: the loop itself knows when the time has come.</summary>
public static class Sleep
{
    /// <summary>How often a timer has rung.</summary>
    public static int Turns { get; private set; }

    public static async Task ForAsync(TimeSpan delay)
    {
        var loop = EventLoop.Current!;
        var future = new Future<bool>(loop);
        loop.CallLater(delay, () =>
        {
            Turns++;
            future.SetResult(true);
        });
        await future;
    }
}
