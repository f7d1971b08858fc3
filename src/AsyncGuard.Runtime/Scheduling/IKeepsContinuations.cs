namespace AsyncGuard;

/// <summary>
/// A context whose code never leaves its thread, and that can wait for continuations which come by way of the thread pool: an event loop.
/// </summary>
internal interface IKeepsContinuations
{
}
