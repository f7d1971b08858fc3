using System.Collections.Generic;
using System.Linq;

namespace AsyncGuard.Differential;

/// <summary>
/// What each task of a program did, when, and how the whole ended. How tasks take turns within one instant is not part of it.
/// </summary>
internal sealed record Trace(SortedDictionary<string, List<string>> Tasks, string Outcome, List<string> Errors)
{
    public bool Equals(Trace? other, bool inOrder)
        => other is not null && Outcome == other.Outcome && ErrorsOf(this, inOrder).SequenceEqual(ErrorsOf(other, inOrder))
        && Lines().SequenceEqual(other.Lines());

    public IEnumerable<string> Lines()
        => Tasks.Where(static task => task.Value.Count > 0).OrderBy(static task => task.Key, System.StringComparer.Ordinal)
        .Select(static task => $"{task.Key}: {string.Join(", ", task.Value)}");

    public override string ToString() => $"{string.Join("\n", Lines())}\n{Outcome} {string.Join(", ", Errors)}";

    private static IEnumerable<string> ErrorsOf(Trace trace, bool inOrder) =>
        inOrder ? trace.Errors : trace.Errors.Distinct().Order(System.StringComparer.Ordinal);
}
