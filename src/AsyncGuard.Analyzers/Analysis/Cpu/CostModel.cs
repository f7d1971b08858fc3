using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using AsyncGuard.Analysis.Effects;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cpu;

/// <summary>
/// The cost model: what code costs each time it runs. Constant loops multiply what is in them, loops over data by a guess; of two branches
/// each is taken half the time; what is called counts with its own cost. Heavy APIs count like any other call: they are reported
/// themselves.
/// </summary>
internal sealed class CostModel
{
    private const double Call = 5;
    private const double Creation = 10;
    private const double Text = 20;

    private readonly GuardContext _guard;
    private readonly ISymbol? _member;
    private readonly double _guess;
    private List<BodyCall>? _calls;

    private CostModel(IOperation code, ISymbol? member, GuardContext guard)
    {
        _guard = guard;
        _member = member;
        _guess = guard.Options.CpuLoopGuess(code.Syntax.SyntaxTree);
    }

    /// <summary>The cost of a body, a statement or an expression. <paramref name="member"/> is what holds it.</summary>
    public static CpuCost Of(IOperation code, ISymbol? member, GuardContext guard) => new CostModel(code, member, guard).Of(code);

    private CpuCost Of(IOperation? code)
    {
        switch (code)
        {
            case null or { ConstantValue.HasValue: true } or IAnonymousFunctionOperation or ILocalFunctionOperation or INameOfOperation
                or IThrowOperation:
                return default;
            case ILoopOperation loop:
                return OfLoop(loop) + Called(loop);
            case IBlockOperation block:
                return OfStatements(block.Operations);
            case IConditionalOperation { Condition.ConstantValue: { HasValue: true, Value: bool isTrue } } choice:
                return Of(isTrue ? choice.WhenTrue : choice.WhenFalse);
            case IConditionalOperation choice:
                var share = ShareOf(choice.Condition);
                return Of(choice.Condition) + (Of(choice.WhenTrue) * share) + (Of(choice.WhenFalse) * (1 - share));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both:
                return Of(both.LeftOperand) + (Of(both.RightOperand) * 0.5);
            case ICoalesceOperation coalesce:
                return Of(coalesce.Value) + (Of(coalesce.WhenNull) * 0.5);
            case ICoalesceAssignmentOperation coalesce:
                return Of(coalesce.Target) + (Of(coalesce.Value) * 0.5);
            case ISwitchOperation choice:
                return Of(choice.Value) + OfChoices(choice.Cases);
            case ISwitchExpressionOperation choice:
                return Of(choice.Value) + OfChoices(choice.Arms);
            case ISwitchCaseOperation section:
                return OfStatements(section.Body);
            case ISwitchExpressionArmOperation arm:
                return Of(arm.Value);
            case ITryOperation attempt:
                return Of(attempt.Body) + Of(attempt.Finally);
            default:
                return Own(code) + Children(code) + Called(code);
        }
    }

    private CpuCost OfLoop(ILoopOperation loop)
    {
        var pass = OfPass(loop);
        return LoopCount.Of(loop, _guard) is { } count ? pass.Repeated(count) : (pass + new CpuCost(1)).OverData(_guess);
    }

    private CpuCost OfPass(ILoopOperation loop)
    {
        switch (loop)
        {
            // To count and to compare is one step.
            case IForLoopOperation counting:
                return new CpuCost(1) + Of(counting.Body);
            case IWhileLoopOperation looking:
                return Of(looking.Condition) + Of(looking.Body);
            default:
                return new CpuCost(1) + Of(loop.Body);
        }
    }

    // if (skip) continue; …
    private CpuCost OfStatements(ImmutableArray<IOperation> statements)
    {
        var cost = default(CpuCost);
        var weight = 1.0;
        foreach (var statement in statements)
        {
            cost += Of(statement) * weight;
            if (statement is IConditionalOperation { WhenFalse: null, WhenTrue: var jump } choice && Jumps(jump))
                weight *= 1 - ShareOf(choice.Condition);
        }

        return cost;
    }

    private static bool Jumps(IOperation? branch) => branch switch
    {
        IBlockOperation { Operations: { Length: > 0 } statements } => Jumps(statements[statements.Length - 1]),
        IBranchOperation or IReturnOperation => true,
        _ => false,
    };

    private CpuCost OfChoices<T>(ImmutableArray<T> choices)
        where T : IOperation
    {
        var cost = default(CpuCost);
        foreach (var choice in choices) cost += Of(choice) * (1.0 / choices.Length);
        return cost;
    }

    // if (i % 1000 == 0)
    private double ShareOf(IOperation condition) =>
        condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison
        && comparison.LeftOperand is IBinaryOperation { OperatorKind: BinaryOperatorKind.Remainder } remainder
        && ConstantNumber.Of(remainder.RightOperand, _guard) is { } every and > 1
            ? comparison.OperatorKind == BinaryOperatorKind.Equals ? 1 / every : 1 - (1 / every)
            : 0.5;

    private static CpuCost Own(IOperation code) => code switch
    {
        IInvocationOperation => new CpuCost(Call),
        IObjectCreationOperation or IArrayCreationOperation or IAnonymousObjectCreationOperation or IDelegateCreationOperation =>
            new CpuCost(Creation),
        IInterpolatedStringOperation or IBinaryOperation { Type.SpecialType: SpecialType.System_String } => new CpuCost(Text),
        IBinaryOperation or IUnaryOperation or IAssignmentOperation or IIncrementOrDecrementOperation or IPropertyReferenceOperation
            or IFieldReferenceOperation or IArrayElementReferenceOperation => new CpuCost(1),
        _ => default,
    };

    private CpuCost Children(IOperation code)
    {
        var cost = default(CpuCost);
        foreach (var child in code.ChildOperations) cost += Of(child);
        return cost;
    }

    private CpuCost Called(IOperation code)
    {
        var work = CpuWork.Of(_guard);
        if (!work.Called.IsWorthFollowing(code, _member)) return default;

        _calls ??= new List<BodyCall>();
        var first = _calls.Count;
        work.Called.Collect(code, _member, graphOfMember: null, _calls);
        var (plain, looped) = (0.0, 0.0);
        for (var i = first; i < _calls.Count; i++)
        {
            var cost = work.CostOf(_calls[i]);
            plain += cost.Plain;
            looped = Math.Max(looped, cost.Called);
        }

        _calls.RemoveRange(first, _calls.Count - first);
        return CpuCost.OfCall(plain, looped);
    }
}
