using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis;

/// <summary>Code that must run to its end although the work around it was cancelled.</summary>
internal static class CleanupCode
{
    /// <summary>Whether the operation stands in a <c>catch</c>, a <c>finally</c>, a <c>Dispose</c> method, a rollback, or after a commit.</summary>
    public static bool Holds(IInvocationOperation call, ISymbol? member)
    {
        if (IsRelease(call.TargetMethod.Name) || member is IMethodSymbol { Name: var name } && IsRelease(name)) return true;

        IOperation child = call;
        for (var parent = call.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case ICatchClauseOperation:
                case ITryOperation { Finally: { } cleanup } when ReferenceEquals(cleanup, child):
                    return true;
                case ILocalFunctionOperation local when IsRelease(local.Symbol.Name):
                    return true;
                case IBlockOperation block when FollowsCommit(block, child):
                    return true;
            }
        }

        return false;
    }

    private static bool IsRelease(string name) => Starts(name, "Dispose") || Starts(name, "Rollback") || Starts(name, "Compensate");

    private static bool FollowsCommit(IBlockOperation block, IOperation place)
    {
        foreach (var statement in block.Operations)
        {
            if (ReferenceEquals(statement, place)) return false;
            if (statement is IExpressionStatementOperation { Operation: var expression } && IsCommit(expression)) return true;
        }

        return false;
    }

    // transaction.Commit(), await transaction.CommitAsync(token)
    private static bool IsCommit(IOperation expression)
    {
        if (expression is IAwaitOperation awaited) expression = CompletionTransfer.StripConfigure(awaited.Operation);
        return expression is IInvocationOperation { TargetMethod.Name: var name } && Starts(name, "Commit");
    }

    private static bool Starts(string name, string prefix) => name.StartsWith(prefix, StringComparison.Ordinal);
}
