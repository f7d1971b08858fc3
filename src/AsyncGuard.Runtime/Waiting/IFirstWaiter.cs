namespace AsyncGuard;

/// <summary>Waits for the first of several tasks.</summary>
internal interface IFirstWaiter
{
    /// <summary>Called once, on the thread that completes it.</summary>
    void FirstHasEnded();
}
