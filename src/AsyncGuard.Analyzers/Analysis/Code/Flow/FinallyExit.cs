using System;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace AsyncGuard.Analysis.Code.Flow;

/// <summary>
/// Where a path goes on after the <c>finally</c> that it is in: along the branch that runs it, or with the exception that does.
/// </summary>
internal sealed class FinallyExit : IEquatable<FinallyExit>
{
    private readonly ControlFlowRegion? _thrownFrom;
    private readonly int _index;

    private FinallyExit(ControlFlowBranch? branch, int index, ControlFlowRegion? thrownFrom, FinallyExit? outer)
    {
        Branch = branch;
        _index = index;
        _thrownFrom = thrownFrom;
        Outer = outer;
    }

    /// <summary>The branch that runs the <c>finally</c>; null where an exception does.</summary>
    public ControlFlowBranch? Branch { get; }

    /// <summary>The same of the <c>finally</c> around this one.</summary>
    public FinallyExit? Outer { get; }

    /// <summary>The <c>finally</c> that a branch has still to run; null where that was the last.</summary>
    public ControlFlowRegion? Region => Branch is not null && _index < Branch.FinallyRegions.Length ? Branch.FinallyRegions[_index] : null;

    /// <summary>The region from which an exception goes on outwards.</summary>
    public ControlFlowRegion? ThrownFrom => _thrownFrom;

    public static FinallyExit Of(ControlFlowBranch branch, int index, FinallyExit? outer) => new(branch, index, thrownFrom: null, outer);

    public static FinallyExit OfException(ControlFlowRegion attempt, FinallyExit? outer) => new(branch: null, 0, attempt, outer);

    public FinallyExit Next() => new(Branch, _index + 1, _thrownFrom, Outer);

    public bool Equals(FinallyExit? other) =>
        other is not null && ReferenceEquals(Branch, other.Branch) && _index == other._index
        && ReferenceEquals(_thrownFrom, other._thrownFrom) && Equals(Outer, other.Outer);

    public override bool Equals(object? obj) => Equals(obj as FinallyExit);

    public override int GetHashCode()
    {
        var start = Branch?.Source.Ordinal ?? _thrownFrom?.FirstBlockOrdinal ?? 0;
        return (start * 31 + _index) * 31 + (Outer?.GetHashCode() ?? 0);
    }
}
