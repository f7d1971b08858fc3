using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis;

/// <summary>Recognises a method that serves synchronous and asynchronous callers: <c>async ? await XAsync() : X()</c>.</summary>
internal static class SiblingBranch
{
    /// <summary>Whether another branch of a choice around the call awaits a method of this name.</summary>
    public static bool Awaits(string method, IOperation call)
    {
        IOperation child = call;
        for (var parent = call.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IConditionalOperation conditional when !ReferenceEquals(conditional.Condition, child):
                    if (HasAwaited(ReferenceEquals(conditional.WhenTrue, child) ? conditional.WhenFalse : conditional.WhenTrue, method)) return true;

                    // if (!async) { X(); return; }  await XAsync();
                    if (Leaves(child) && conditional.Parent is IBlockOperation around && FollowsAwaited(around, conditional, method)) return true;
                    break;

                // async switch { true => await XAsync(), false => X() }, switch (mode) { case …: … }
                case ISwitchExpressionOperation or ISwitchOperation:
                    foreach (var branch in parent.ChildOperations)
                    {
                        if (!ReferenceEquals(branch, child) && HasAwaited(branch, method)) return true;
                    }

                    break;

                // if (async) { await XAsync(); return; }  X();
                case IBlockOperation block when PrecedesAwaited(block, child, method):
                    return true;
            }
        }

        return false;
    }

    private static bool FollowsAwaited(IBlockOperation block, IOperation conditional, string method)
    {
        var after = false;
        foreach (var statement in block.Operations)
        {
            if (after && HasAwaited(statement, method)) return true;
            after |= ReferenceEquals(statement, conditional);
        }

        return false;
    }

    private static bool PrecedesAwaited(IBlockOperation block, IOperation call, string method)
    {
        foreach (var statement in block.Operations)
        {
            if (ReferenceEquals(statement, call)) return false;
            if (statement is IConditionalOperation { WhenFalse: null } early && Leaves(early.WhenTrue) && HasAwaited(early.WhenTrue, method)) return true;
        }

        return false;
    }

    private static bool Leaves(IOperation branch) => branch switch
    {
        IReturnOperation or IThrowOperation or IBranchOperation => true,
        IBlockOperation { Operations: { Length: > 0 } statements } => Leaves(statements[statements.Length - 1]),
        _ => false,
    };

    private static bool HasAwaited(IOperation? branch, string method)
    {
        if (branch is null) return false;
        foreach (var operation in branch.DescendantsAndSelf())
        {
            if (operation is IAwaitOperation awaited && CompletionTransfer.StripConfigure(awaited.Operation) is IInvocationOperation call && call.TargetMethod.Name == method) return true;
        }

        return false;
    }
}
