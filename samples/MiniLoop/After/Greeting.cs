namespace MiniLoop.After;

/// <summary>A coroutine that gives the loop back while it pauses.</summary>
public static class Greeting
{
    public static async Task SayAsync(Action<string> say, TimeSpan pause)
    {
        await Task.Yield();
        say("hello");
        await Sleep.ForAsync(pause);
        say("world");
    }
}
