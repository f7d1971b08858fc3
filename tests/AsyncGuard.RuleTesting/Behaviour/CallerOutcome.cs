using System;
using System.Collections.Immutable;

namespace AsyncGuard.RuleTesting.Behaviour;

/// <summary>What one caller has seen.</summary>
/// <param name="Effects">What was done for it, in order, up to when nothing happens any more.</param>
/// <param name="End">What came out: a result with its type, an exception's type, or nothing at all.</param>
/// <param name="Error">The exception.</param>
internal sealed record CallerOutcome(ImmutableArray<string> Effects, string End, Exception? Error)
{
    public bool IsCancelled => Error is OperationCanceledException;

    public override string ToString() => $"{string.Join(", ", Effects)} → {End}";
}
