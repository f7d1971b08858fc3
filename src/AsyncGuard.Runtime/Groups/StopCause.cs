namespace AsyncGuard;

/// <summary>What first asked a group to stop.</summary>
internal enum StopCause : byte
{
    None,
    Error,
    Outer,
    Timeout,
    Explicit,
    Abandoned,
}
