using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting.Completion;

/// <summary>What a condition says about which tasks are complete.</summary>
internal sealed class CompletionAssumption(GuardContext guard, ControlFlowGraph graph, CompletionTransfer transfer)
{
    /// <summary>Adds what follows from a condition being true or false.</summary>
    public void Assume(IOperation condition, bool isTrue, HashSet<CompletionFact> facts)
    {
        switch (condition)
        {
            case IParenthesizedOperation parenthesized:
                Assume(parenthesized.Operand, isTrue, facts);
                break;

            case IConversionOperation conversion:
                Assume(conversion.Operand, isTrue, facts);
                break;

            // if (isDone = t.IsCompleted)
            case ISimpleAssignmentOperation assignment:
                Assume(assignment.Value, isTrue, facts);
                break;

            // t?.IsCompleted ?? false
            case IInvocationOperation { TargetMethod: var method, Instance: { } maybe, Arguments.IsEmpty: true }
                when SequenceMembers.GetValueOrDefault.Is(method):
                Assume(maybe, isTrue, facts);
                break;

            // t.IsCompleted switch { true => … }
            case IFlowCaptureReferenceOperation { Id: var id } when CapturedAs(id) is { } captured:
                Assume(captured, isTrue, facts);
                break;

            // t?.IsCompleted == true
            case IFlowCaptureReferenceOperation { Id: var either } when isTrue:
                CompletionTransfer.AddKept(AccessPath.Of(either), facts);
                break;

            // isDone, of var isDone = await Task.WhenAny(t, limit) == t;
            case ILocalReferenceOperation { Local: var said }:
                if (transfer.Joins.ConditionIn(said) is { } saying) Assume(saying, isTrue, facts);
                else if (isTrue) CompletionTransfer.AddKept(AccessPath.Of(said), facts);
                break;

            // work ?? …: nothing is there to be waited for
            case IIsNullOperation { Operand: IFlowCaptureReferenceOperation { Id: var empty } } when isTrue:
                CompletionTransfer.AddKept(AccessPath.Of(empty), facts);
                break;

            // !t.IsCompleted
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                Assume(negation.Operand, !isTrue, facts);
                break;

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And } both when isTrue:
                Assume(both.LeftOperand, true, facts);
                Assume(both.RightOperand, true, facts);
                break;

            // t.IsCompleted, t.IsFaulted, …
            case IPropertyReferenceOperation property when isTrue && guard.Apis.Has(property.Property, ApiTraits.ProvesComplete):
                AddComplete(property.Instance, facts);
                break;

            // t.Wait(1000)
            case IInvocationOperation wait when isTrue && wait.Instance is { } waited && guard.Apis.Has(wait.TargetMethod, ApiTraits.Waits):
                AddComplete(waited, facts);
                break;

            // t.Status == TaskStatus.RanToCompletion, winner == t, t.IsCompleted == false
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } equality:
                AssumeEqual(equality.LeftOperand, equality.RightOperand, isTrue == (equality.OperatorKind == BinaryOperatorKind.Equals),
                    facts);
                break;

            // t.Status >= TaskStatus.RanToCompletion, the first of the three that are final
            case IBinaryOperation { RightOperand: var least } order when IsOrder(order.OperatorKind, isTrue) && IsFinalStatus(least):
                AddStatusOwner(order.LeftOperand, facts);
                break;

            case IIsPatternOperation { Value: var value, Pattern: var pattern }:
                AssumeMatch(value, pattern, isTrue, facts);
                break;
        }
    }

    private static void AddComplete(IOperation? task, HashSet<CompletionFact> facts)
    {
        // t?.IsCompleted
        if (task is IFlowCaptureReferenceOperation { Id: var captured }) CompletionTransfer.AddKept(AccessPath.Of(captured), facts);
        else CompletionTransfer.Add(AccessPath.WithElements(task), facts);
    }

    private static bool IsOrder(BinaryOperatorKind kind, bool isTrue) => isTrue
        ? kind is BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual
        : kind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual;

    private void AssumeEqual(IOperation left, IOperation right, bool equal, HashSet<CompletionFact> facts)
    {
        if (Unwrapped.Conversions(right).ConstantValue is { HasValue: true, Value: bool expected })
        {
            Assume(left, equal == expected, facts);
            return;
        }

        if (!equal)
        {
            // if (await Task.WhenAny(work, limit) != limit): work has won
            CompletionTransfer.Add(transfer.Joins.OtherThan(right, winner: left) ?? transfer.Joins.OtherThan(left, winner: right), facts);
            return;
        }

        if (IsFinalStatus(right)) AddStatusOwner(left, facts);
        else if (IsFinalStatus(left)) AddStatusOwner(right, facts);
        else if (transfer.IsComplete(left, facts)) CompletionTransfer.Add(AccessPath.WithElements(right), facts);
        else if (transfer.IsComplete(right, facts)) CompletionTransfer.Add(AccessPath.WithElements(left), facts);
    }

    private void AssumeMatch(IOperation value, IPatternOperation pattern, bool matches, HashSet<CompletionFact> facts)
    {
        // t switch { … }
        if (value is IFlowCaptureReferenceOperation { Id: var id }) value = CapturedAs(id) ?? value;
        switch (pattern)
        {
            case INegatedPatternOperation negated:
                AssumeMatch(value, negated.Pattern, !matches, facts);
                break;

            // both hold, or neither does
            case IBinaryPatternOperation { OperatorKind: var kind } parts when (kind == BinaryOperatorKind.And) == matches:
                AssumeMatch(value, parts.LeftPattern, matches, facts);
                AssumeMatch(value, parts.RightPattern, matches, facts);
                break;

            // t.Status is >= TaskStatus.RanToCompletion
            case IRelationalPatternOperation { OperatorKind: var order, Value: var least }
                when IsOrder(order, matches) && IsFinalStatus(least):
                AddStatusOwner(value, facts);
                break;

            case IConstantPatternOperation { Value: var constant }:
                AssumeEqual(value, constant, matches, facts);
                break;

            // t.Status is TaskStatus.RanToCompletion or TaskStatus.Faulted
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either when matches && IsFinal(either):
                AddStatusOwner(value, facts);
                break;

            // t is { IsCompleted: true } or { IsFaulted: true }
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either when matches:
                var ofLeft = new HashSet<CompletionFact>(facts);
                var ofRight = new HashSet<CompletionFact>(facts);
                AssumeMatch(value, either.LeftPattern, true, ofLeft);
                AssumeMatch(value, either.RightPattern, true, ofRight);
                ofLeft.IntersectWith(ofRight);
                facts.UnionWith(ofLeft);
                break;

            // work is Task<int> typed, work is var same
            case IDeclarationPatternOperation { DeclaredSymbol: { } alias } when matches:
                var isComplete = transfer.IsComplete(value, facts);
                transfer.AddName(alias, value, facts);
                if (isComplete) CompletionTransfer.Add(AccessPath.Of(alias), facts);
                break;

            // !(t is { IsCompleted: false }): complete, or null
            case IRecursivePatternOperation { PropertySubpatterns: { Length: 1 } properties } when !matches:
                if (properties[0] is { Member: IPropertyReferenceOperation { Property: var asked }, Pattern: IConstantPatternOperation no }
                    && no.Value.ConstantValue is { HasValue: true, Value: false } && guard.Apis.Has(asked, ApiTraits.ProvesComplete))
                    CompletionTransfer.Add(AccessPath.WithElements(value), facts);
                break;

            // tasks is [var first, .. var others]
            case IListPatternOperation list when matches:
                AssumeItems(value, list, facts);
                break;

            // t is { IsCompletedSuccessfully: true } done, t is Task<int> { Status: TaskStatus.RanToCompletion } done
            case IRecursivePatternOperation recursive when matches:
                AssumeProperties(AccessPath.Of(value), recursive, facts);
                AssumeParts(value, recursive, facts);
                if (recursive.DeclaredSymbol is not { } named) break;
                transfer.AddName(named, value, facts);
                if (ProvesComplete(recursive) || transfer.IsComplete(value, facts)) CompletionTransfer.Add(AccessPath.Of(named), facts);
                break;
        }
    }

    // { IsCompleted: true }, and job is { Work.IsCompleted: true }
    private void AssumeProperties(AccessPath? path, IRecursivePatternOperation pattern, HashSet<CompletionFact> facts)
    {
        if (path is null) return;
        if (ProvesComplete(pattern)) CompletionTransfer.Add(path, facts);
        foreach (var property in pattern.PropertySubpatterns)
        {
            if (property is { Member: IMemberReferenceOperation { Member: var inner }, Pattern: IRecursivePatternOperation nested })
                AssumeProperties(path.Append(inner), nested, facts);

            // t is { IsCompleted: var isDone } && isDone
            if (property is { Member: IPropertyReferenceOperation { Property: var asked }, Pattern: IDeclarationPatternOperation said }
                && said.DeclaredSymbol is { } flag && guard.Apis.Has(asked, ApiTraits.ProvesComplete))
                facts.Add(new CompletionFact(path, ofElements: false, AccessPath.Of(flag)));
        }
    }

    // (a, b) is ({ IsCompleted: true }, { IsCompleted: true })
    private void AssumeParts(IOperation value, IRecursivePatternOperation pattern, HashSet<CompletionFact> facts)
    {
        if (Unwrapped.Conversions(value) is not ITupleOperation tuple) return;
        for (var i = 0; i < pattern.DeconstructionSubpatterns.Length && i < tuple.Elements.Length; i++)
            AssumeMatch(tuple.Elements[i], pattern.DeconstructionSubpatterns[i], true, facts);
    }

    private void AssumeItems(IOperation value, IListPatternOperation list, HashSet<CompletionFact> facts)
    {
        if (TaskSequence.SourceOf(value, whole: false, guard) is not { } source
            || !facts.Contains(new CompletionFact(source, ofElements: true)))
            return;
        foreach (var item in list.Patterns)
        {
            switch (item)
            {
                case IDeclarationPatternOperation { DeclaredSymbol: { } task }:
                    CompletionTransfer.Add(AccessPath.Of(task), facts);
                    break;
                case ISlicePatternOperation { Pattern: IDeclarationPatternOperation { DeclaredSymbol: { } others } }:
                    facts.Add(new CompletionFact(AccessPath.Of(others), ofElements: true));
                    break;
            }
        }
    }

    private bool ProvesComplete(IRecursivePatternOperation pattern)
    {
        foreach (var property in pattern.PropertySubpatterns)
        {
            if (property.Member is IPropertyReferenceOperation { Property: var member } && ProvesComplete(member, property.Pattern))
                return true;
        }

        return false;
    }

    private bool ProvesComplete(IPropertySymbol member, IPatternOperation pattern) =>
        IsFinal(pattern)
        || (pattern is IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: true } }
        && guard.Apis.Has(member, ApiTraits.ProvesComplete));

    private bool IsFinal(IPatternOperation pattern) => pattern switch
    {
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either =>
            IsFinal(either.LeftPattern) && IsFinal(either.RightPattern),
        IConstantPatternOperation constant => IsFinalStatus(constant.Value),
        _ => false,
    };

    // TaskStatus.RanToCompletion, .Canceled, .Faulted
    private bool IsFinalStatus(IOperation value) =>
        value is IFieldReferenceOperation { Field: var field } && guard.Apis.Has(field, ApiTraits.ProvesComplete);

    // t.Status
    private void AddStatusOwner(IOperation value, HashSet<CompletionFact> facts)
    {
        value = Unwrapped.Conversions(value);

        // switch (t.Status) { case TaskStatus.RanToCompletion: … }
        if (value is IFlowCaptureReferenceOperation { Id: var id }) value = CapturedAs(id) ?? value;
        if (value is IPropertyReferenceOperation { Instance: { } task }) CompletionTransfer.Add(AccessPath.WithElements(task), facts);
    }

    // Null where it depends on the path: b ? t : u
    private IOperation? CapturedAs(CaptureId id)
    {
        IOperation? found = null;
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.Operations)
            {
                if (operation is not IFlowCaptureOperation { Value: var captured } capture || !capture.Id.Equals(id)) continue;
                if (found is not null) return null;
                found = captured;
            }
        }

        return found;
    }
}
