using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Concurrency;

/// <summary>
/// How a loop ends: by what it does itself (<c>if (row == null) return;</c>), or when other code says so (<c>if (_isStopped) return;</c>),
/// which is no end of its own.
/// </summary>
internal sealed class LoopEnds(ILoopOperation loop, GuardContext guard)
{
    /// <summary>Whether the loop has an exit of its own. What stands in a <c>catch</c> is for the end that was asked for.</summary>
    public bool CanBeLeft => CanBeLeftIn(loop, mayBeConditional: true);

    /// <summary>
    /// Whether the loop ends for certain: it counts, runs through a collection, takes what is there, or is left after its first round. One
    /// that tries again until it succeeds may never do.
    /// </summary>
    public bool AreCertain => loop switch
    {
        IForEachLoopOperation each => !each.IsAsynchronous,
        _ => LoopBounds.IsCounted(loop) || LoopTake.IsInCondition(loop) || CanBeLeftIn(loop, mayBeConditional: false),
    };

    public bool Awaits
    {
        get
        {
            foreach (var operation in loop.Descendants())
            {
                if (operation is IAwaitOperation or IForEachLoopOperation { IsAsynchronous: true }) return true;
            }

            return loop is IForEachLoopOperation { IsAsynchronous: true };
        }
    }

    /// <summary>
    /// Whether the condition asks for nothing but what other code sets: <c>!token.IsCancellationRequested</c>, <c>_isRunning</c>,
    /// <c>!reader.Completion.IsCompleted</c>.
    /// </summary>
    public bool IsOnlyWhetherStopped(IOperation condition)
    {
        switch (condition)
        {
            case IParenthesizedOperation parenthesized:
                return IsOnlyWhetherStopped(parenthesized.Operand);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negated:
                return IsOnlyWhetherStopped(negated.Operand);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both:
                return IsOnlyWhetherStopped(both.LeftOperand) && IsOnlyWhetherStopped(both.RightOperand);
            case IPropertyReferenceOperation property when TokenUse.IsCheck(property, guard)
                || (TaskMembers.IsCompleted.Is(property.Property)
                && property.Instance is IPropertyReferenceOperation { Property.Name: ConventionalNames.Completion }):
                return true;
            // Volatile.Read(ref _isStopped)
            case IInvocationOperation { Arguments.Length: 1 } read when ThreadingMembers.VolatileRead.Is(read.TargetMethod):
                return IsFlagOfOthers(read.Arguments[0].Value);
            default:
                return IsFlagOfOthers(condition);
        }
    }

    // _isStopped, this.IsOpen; not one that the loop sets, itself or in what it calls
    private bool IsFlagOfOthers(IOperation value) =>
        value is IMemberReferenceOperation
        {
            Type.SpecialType: SpecialType.System_Boolean, Instance: null or IInstanceReferenceOperation, Member: var flag
        } and (IFieldReferenceOperation or IPropertyReferenceOperation)
        && !flag.OriginalDefinition.DeclaringSyntaxReferences.IsEmpty && (flag is IFieldSymbol || IsAutomatic(flag))
        && !IsSetIn(loop, flag);

    // bool IsOpen { get; set; }: what any other property says may come from what the loop does
    private static bool IsAutomatic(ISymbol property)
    {
        foreach (var member in property.ContainingType.GetMembers())
        {
            if (member is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property)) return true;
        }

        return false;
    }

    private bool IsSetIn(IOperation code, ISymbol flag)
    {
        foreach (var operation in code.Descendants())
        {
            if (Sets(operation, flag)) return true;
            if (operation is not IInvocationOperation { TargetMethod: var method }
                || !SymbolEqualityComparer.Default.Equals(method.ContainingType, flag.ContainingType))
                continue;
            foreach (var body in Bodies.Of(guard).OperationsOf(method.OriginalDefinition))
            {
                foreach (var inner in body.Descendants())
                {
                    if (Sets(inner, flag)) return true;
                }
            }
        }

        return false;
    }

    private static bool Sets(IOperation operation, ISymbol flag)
    {
        var target = operation switch
        {
            IAssignmentOperation assignment => assignment.Target,
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value,
            _ => null,
        };
        return target is IMemberReferenceOperation { Member: var set } && SymbolEqualityComparer.Default.Equals(set, flag);
    }

    // try { await ConnectAsync(); return; } catch (IOException) { }
    private bool GoesOnAfterFailure(ITryOperation attempt)
    {
        foreach (var clause in attempt.Catches)
        {
            if (!Throws(clause.Handler) && !CanBeLeftIn(clause.Handler, mayBeConditional: false)) return true;
        }

        return false;
    }

    private static bool Throws(IBlockOperation handler)
    {
        foreach (var statement in handler.Operations)
        {
            if (statement is IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation }) return true;
        }

        return false;
    }

    // break, return and goto of the loop itself
    private bool CanBeLeftIn(IOperation code, bool mayBeConditional)
    {
        foreach (var child in code.ChildOperations)
        {
            switch (child)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation or ICatchClauseOperation:
                case IConditionalOperation or ISwitchOperation when !mayBeConditional:
                case ITryOperation attempt when !mayBeConditional && GoesOnAfterFailure(attempt):
                case IConditionalOperation { WhenFalse: null } choice when IsOnlyWhetherStopped(choice.Condition):
                    continue;
                case IReturnOperation { Kind: OperationKind.Return }:
                case IBranchOperation { BranchKind: BranchKind.GoTo }:
                case IBranchOperation { BranchKind: BranchKind.Break } leave when leave.GetCorrespondingOperation() is not { } target
                    || ReferenceEquals(target, loop):
                    return true;
            }

            if (CanBeLeftIn(child, mayBeConditional)) return true;
        }

        return false;
    }
}
