namespace AsyncGuard;

/// <summary>The result of work that has none.</summary>
internal readonly struct VoidResult
{
}
