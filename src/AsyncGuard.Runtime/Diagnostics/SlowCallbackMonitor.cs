namespace AsyncGuard;

/// <summary>x</summary>
public sealed class SlowCallbackMonitor
{
    internal static void StartIfDebugging()
    {
    }
}
