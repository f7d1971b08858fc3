using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks.Awaits;

/// <summary>
/// What code does with the winner of a race: which places run only when a contender has won, and what happens when it has lost.
/// </summary>
internal sealed class RaceOutcome
{
    private readonly IInvocationOperation _call;
    private readonly IReadOnlyList<IOperation> _contenders;
    private readonly ISymbol? _winner;

    public RaceOutcome(IInvocationOperation call, IReadOnlyList<IOperation> contenders)
    {
        _call = call;
        _contenders = contenders;
        _winner = WinnerOf(call);
    }

    /// <summary>Whether the place runs only where the contender is known to have won.</summary>
    public bool IsOnlyIfWon(IOperation place, IOperation contender)
    {
        var child = place;
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IConditionalOperation choice when !ReferenceEquals(choice.Condition, child):
                    if (HasWon(choice.Condition, ReferenceEquals(choice.WhenTrue, child), contender) == true) return true;
                    break;

                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both
                    when ReferenceEquals(both.RightOperand, child):
                    if (HasWon(both.LeftOperand, true, contender) == true) return true;
                    break;

                case IBlockOperation block:
                    if (IsAfterExit(block, child, contender)) return true;
                    break;
            }
        }

        return false;
    }

    // if (winner != task) throw new TimeoutException();
    private bool IsAfterExit(IBlockOperation block, IOperation child, IOperation contender)
    {
        foreach (var statement in block.Operations)
        {
            if (ReferenceEquals(statement, child)) return false;
            if (statement is not IConditionalOperation choice) continue;
            if (Exits(choice.WhenTrue) && HasWon(choice.Condition, false, contender) == true) return true;
            if (Exits(choice.WhenFalse) && HasWon(choice.Condition, true, contender) == true) return true;
        }

        return false;
    }

    /// <summary>What the outcome of a condition says about the contender: it has won, it has lost, or nothing.</summary>
    private bool? HasWon(IOperation condition, bool outcome, IOperation contender)
    {
        switch (condition)
        {
            case IConversionOperation conversion:
                return HasWon(conversion.Operand, outcome, contender);
            case IParenthesizedOperation inner:
                return HasWon(inner.Operand, outcome, contender);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return HasWon(not.Operand, !outcome, contender);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when outcome:
                return HasWon(both.LeftOperand, true, contender) ?? HasWon(both.RightOperand, true, contender);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either when !outcome:
                return HasWon(either.LeftOperand, false, contender) ?? HasWon(either.RightOperand, false, contender);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                return Compared(comparison, contender) is { } won
                    ? won == (outcome == (comparison.OperatorKind == BinaryOperatorKind.Equals)) : null;

            // if (task.IsCompleted)
            case IPropertyReferenceOperation { Property.Name: WellKnownMember.IsCompleted, Instance: { } task }:
                return IsSame(task, contender) ? outcome : null;
            default:
                return null;
        }
    }

    // winner == task: it has won; winner == delay, where there are only two: it has lost
    private bool? Compared(IBinaryOperation comparison, IOperation contender)
    {
        var other = IsWinner(comparison.LeftOperand) ? comparison.RightOperand : IsWinner(comparison.RightOperand) ? comparison.LeftOperand
            : null;
        if (other is null) return null;
        if (IsSame(other, contender)) return true;
        if (_contenders.Count != 2) return null;
        var rival = ReferenceEquals(_contenders[0], contender) ? _contenders[1] : _contenders[0];
        return IsSame(other, rival) ? false : null;
    }

    private bool IsWinner(IOperation value)
    {
        value = Unwrapped.Conversions(value);
        return value switch
        {
            ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, _winner),
            IAwaitOperation awaited => ReferenceEquals(Unwrapped.Work(awaited.Operation), _call),
            _ => false,
        };
    }

    private static bool IsSame(IOperation value, IOperation contender) =>
        AccessPath.Of(value) is { } path && path.Equals(AccessPath.Of(contender));

    // var winner = await Task.WhenAny(…).ConfigureAwait(false);
    private static ISymbol? WinnerOf(IOperation call)
    {
        var value = call;
        while (value.Parent is IInvocationOperation or IAwaitOperation or IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        return value.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } => target.Local,
            _ => null,
        };
    }

    private static bool Exits(IOperation? statement) => statement switch
    {
        IBlockOperation { Operations: { Length: > 0 } statements } => Exits(statements[statements.Length - 1]),
        IReturnOperation or IBranchOperation => true,
        _ => Throws(statement),
    };

    private static bool Throws(IOperation? statement) => statement switch
    {
        IBlockOperation { Operations: { Length: > 0 } statements } => Throws(statements[statements.Length - 1]),
        IExpressionStatementOperation expression => Throws(expression.Operation),
        IConversionOperation conversion => Throws(conversion.Operand),
        _ => statement is IThrowOperation,
    };
}
