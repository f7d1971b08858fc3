namespace MiniLoop.Before;

/// <summary>A coroutine that holds the loop: nothing else runs while it pauses.</summary>
public static class Greeting
{
    public static async Task SayAsync(Action<string> say, TimeSpan pause)
    {
        await Task.Yield();
        say("hello");
        Thread.Sleep(pause);                                                // AGD0101
        say("world");
    }
}
