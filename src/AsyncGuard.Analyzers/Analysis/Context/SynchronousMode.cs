using System;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Context;

/// <summary>
/// Recognises the synchronous branch of code that serves synchronous and asynchronous callers:
/// <code>async ? await XAsync() : X()      if (async) return XAsync(); X();      if (async) await t; else t.Wait();</code>
/// </summary>
internal static class SynchronousMode
{
    /// <summary>Whether the call stands in a branch that is chosen by a flag such as <c>async</c>, or opposite one that calls <paramref name="twin"/>.</summary>
    public static bool Is(IOperation call, string twin) => Is(call, branch => Calls(branch, twin), alsoInSequence: true);

    /// <summary>Whether the wait stands in a branch that is chosen by a flag such as <c>async</c>, or opposite one that awaits the same task.</summary>
    public static bool IsForWait(IOperation wait, IOperation task) =>
        AccessPath.Of(task) is { } path ? Is(wait, branch => Awaits(branch, path), alsoInSequence: false) : Is(wait, _ => false, alsoInSequence: false);

    private static bool Is(IOperation call, Func<IOperation?, bool> isAsyncForm, bool alsoInSequence)
    {
        IOperation child = call;
        for (var parent = call.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IConditionalOperation conditional when !ReferenceEquals(conditional.Condition, child):
                    if (IsModeFlag(conditional.Condition) || isAsyncForm(ReferenceEquals(conditional.WhenTrue, child) ? conditional.WhenFalse : conditional.WhenTrue)) return true;

                    // if (x) { X(); return; }  await XAsync();
                    if (alsoInSequence && Leaves(child) && conditional.Parent is IBlockOperation around && Follows(around, conditional, isAsyncForm)) return true;
                    break;

                // async switch { true => await XAsync(), false => X() }, switch (mode) { case …: … }
                case ISwitchExpressionOperation or ISwitchOperation:
                    foreach (var branch in parent.ChildOperations)
                    {
                        if (!ReferenceEquals(branch, child) && isAsyncForm(branch)) return true;
                    }

                    break;

                // if (async) return XAsync();  X();
                case IBlockOperation block when FollowsAsyncExit(block, child, alsoInSequence ? isAsyncForm : _ => false):
                    return true;
            }
        }

        return false;
    }

    // async, isAsync, _useAsync, sync, runSynchronously; also !async, async && x, async == true
    private static bool IsModeFlag(IOperation? condition)
    {
        switch (condition)
        {
            case IParenthesizedOperation parenthesized:
                return IsModeFlag(parenthesized.Operand);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                return IsModeFlag(negation.Operand);
            case IBinaryOperation both:
                return IsModeFlag(both.LeftOperand) || IsModeFlag(both.RightOperand);
            case IParameterReferenceOperation { Parameter: { Type.SpecialType: SpecialType.System_Boolean, Name: var name } }:
                return NamesMode(name);
            case ILocalReferenceOperation { Local: { Type.SpecialType: SpecialType.System_Boolean, Name: var name } }:
                return NamesMode(name);
            case IMemberReferenceOperation { Type.SpecialType: SpecialType.System_Boolean, Member.Name: var name }:
                return NamesMode(name);
            default:
                return false;
        }
    }

    private static bool NamesMode(string name) =>
        name.EndsWith("async", StringComparison.OrdinalIgnoreCase) || name.EndsWith("sync", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("asynchronous", StringComparison.OrdinalIgnoreCase) || name.EndsWith("synchronous", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("asynchronously", StringComparison.OrdinalIgnoreCase) || name.EndsWith("synchronously", StringComparison.OrdinalIgnoreCase);

    private static bool Follows(IBlockOperation block, IOperation conditional, Func<IOperation?, bool> isAsyncForm)
    {
        var after = false;
        foreach (var statement in block.Operations)
        {
            if (after && isAsyncForm(statement)) return true;
            after |= ReferenceEquals(statement, conditional);
        }

        return false;
    }

    private static bool FollowsAsyncExit(IBlockOperation block, IOperation call, Func<IOperation?, bool> isAsyncForm)
    {
        foreach (var statement in block.Operations)
        {
            if (ReferenceEquals(statement, call)) return false;
            if (statement is IConditionalOperation { WhenFalse: null } early && Leaves(early.WhenTrue) && (IsModeFlag(early.Condition) || isAsyncForm(early.WhenTrue))) return true;
        }

        return false;
    }

    private static bool Leaves(IOperation branch) => branch switch
    {
        IReturnOperation or IThrowOperation or IBranchOperation => true,
        IBlockOperation { Operations: { Length: > 0 } statements } => Leaves(statements[statements.Length - 1]),
        _ => false,
    };

    private static bool Calls(IOperation? branch, string method)
    {
        if (branch is null) return false;
        foreach (var operation in branch.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation call && call.TargetMethod.Name == method) return true;
        }

        return false;
    }

    private static bool Awaits(IOperation? branch, AccessPath task)
    {
        if (branch is null) return false;
        foreach (var operation in branch.DescendantsAndSelf())
        {
            if (operation is IAwaitOperation awaited && task.Equals(AccessPath.Of(Unwrapped.Awaited(awaited.Operation)))) return true;
        }

        return false;
    }
}
