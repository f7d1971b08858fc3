using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis.Code.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analyzers.Tests.Analysis.Code.Flow;

/// <summary>
/// The smallest forward analysis: the locals that are 1 on every path. <c>a = 1</c> adds one, any other assignment takes it.
/// </summary>
internal sealed class WrittenLocals : ForwardFlow<HashSet<string>>
{
    private readonly BlockEnd? _block;
    private readonly bool _followsExceptions;
    private HashSet<string>? _atEnd;

    public WrittenLocals(ControlFlowGraph graph, IReadOnlyList<IOperation>? statements = null, bool followsExceptions = true) : base(graph)
    {
        _followsExceptions = followsExceptions;
        if (statements is not null) _block = new BlockEnd(statements, graph);
        Solve();
    }

    /// <summary>The locals that are 1 at the normal end of the statements; "-" where nothing leads there.</summary>
    public string AtEnd => _atEnd is null ? "-" : string.Join(" ", _atEnd.Order());

    protected override bool FollowsExceptions => _followsExceptions;

    /// <summary>The locals that are 1 before the operation, in order; "-" where nothing leads there.</summary>
    public string At(SyntaxNode place)
    {
        var facts = Before(place, out var isFound);
        return !isFound ? "not found" : facts is null ? "-" : string.Join(" ", facts.Order());
    }

    protected override HashSet<string> AtEntry() => [];

    protected override HashSet<string> Copy(HashSet<string> facts) => [.. facts];

    protected override bool Meet(HashSet<string> known, HashSet<string> arriving)
    {
        var before = known.Count;
        known.IntersectWith(arriving);
        return known.Count != before;
    }

    protected override void Transfer(IOperation operation, HashSet<string> facts)
    {
        if (_block?.IsBefore(operation) == true) End(facts);
        if (operation is not ISimpleAssignmentOperation { Target: ILocalReferenceOperation target, Value: var value }) return;
        var name = target.Local.Name;
        if (value.ConstantValue is { HasValue: true, Value: 1 }) facts.Add(name);
        else facts.Remove(name);
    }

    protected override void Taken(ControlFlowBranch branch, HashSet<string> facts)
    {
        if (_block?.IsReachedBy(branch) == true) End(facts);
    }

    private void End(HashSet<string> facts)
    {
        if (_atEnd is null) _atEnd = Copy(facts);
        else _atEnd.IntersectWith(facts);
    }

    // if (a == 1)
    protected override void Assume(IOperation condition, bool isTrue, HashSet<string> facts)
    {
        if (!isTrue || condition is not IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equality) return;
        if (equality is { LeftOperand: ILocalReferenceOperation { Local.Name: var name }, RightOperand.ConstantValue.Value: 1 })
            facts.Add(name);
    }
}
