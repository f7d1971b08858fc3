using System.Diagnostics;

namespace MiniLoop.Before;

/// <summary>The sleep of asyncio's conceptual overview, word by word: someone watches the clock, and yields in between.</summary>
public static class Sleep
{
    /// <summary>How often a watcher has read the clock.</summary>
    public static int Turns { get; private set; }

    public static Task ForAsync(TimeSpan delay)
    {
        var future = new TaskCompletionSource();                            // AGD0401
        Watch(future, delay);
        return future.Task;
    }

    private static async void Watch(TaskCompletionSource future, TimeSpan delay) // AGD0203
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < delay)
        {
            Turns++;
            await Task.Yield();
        }

        future.SetResult();
    }
}
