using System;
using System.Collections.Immutable;
using System.Linq;

namespace AsyncGuard.RuleTesting.Behaviour;

/// <summary>What can be seen of a run from outside.</summary>
/// <param name="Callers">What each caller has seen.</param>
/// <param name="Balance">How many held one thing at once, what is still held, which items are lost, what the program's semaphores count in
/// the end.</param>
/// <param name="Left">How much of the work was still running when the callers had their answers.</param>
internal sealed record Outcome(ImmutableArray<CallerOutcome> Callers, ImmutableSortedDictionary<string, int> Balance, int Left)
{
    /// <summary>
    /// Whether nothing of the balance is other than before, except that a thing was held by fewer or not at all, or fewer items are lost.
    /// </summary>
    public bool IsAsBalancedAs(Outcome other) => Left <= other.Left && Balance.All(
        pair => other.Balance.TryGetValue(pair.Key, out var value)
            ? pair.Value == value
            || ((pair.Key == World.Lost || pair.Key.StartsWith("most", StringComparison.Ordinal)) && pair.Value < value)
            : pair.Value == 0);

    public override string ToString() =>
        string.Join("", Callers.Select((caller, index) => $"\n    caller {index}: {caller}"))
        + string.Join("", Balance.Where(pair => pair.Value != 0).Select(pair => $"\n    {pair.Key}: {pair.Value}"))
        + (Left == 0 ? "" : $"\n    work left running: {Left}");
}
