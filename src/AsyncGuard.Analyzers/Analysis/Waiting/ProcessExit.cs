using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting;

/// <summary>A wait for a process that is known to have ended: it returns at once.</summary>
internal static class ProcessExit
{
    /// <summary>
    /// <code>await p.WaitForExitAsync(); p.WaitForExit(); if (p.HasExited) p.WaitForExit(); if (p.WaitForExit(1000))
    /// p.WaitForExit();</code>
    /// </summary>
    public static bool IsKnown(IInvocationOperation call, GuardContext guard)
    {
        if (call.TargetMethod is not { Name: "WaitForExit", ContainingType: var type }
            || !SymbolEqualityComparer.Default.Equals(type, guard.Types.Process))
            return false;
        if (AccessPath.Of(call.Instance) is not { } process) return false;

        IOperation child = call;
        for (var parent = call.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IConditionalOperation choice when !ReferenceEquals(choice.Condition, child) && Asks(choice.Condition, process):
                    return true;
                case IBlockOperation block when Ended(block, child, process):
                    return true;
            }
        }

        return false;
    }

    private static bool Ended(IBlockOperation block, IOperation until, AccessPath process)
    {
        foreach (var statement in block.Operations)
        {
            if (ReferenceEquals(statement, until)) return false;
            if (statement is IExpressionStatementOperation { Operation: IAwaitOperation awaited } && Asks(awaited, process)) return true;
        }

        return false;
    }

    private static bool Asks(IOperation expression, AccessPath process)
    {
        foreach (var operation in expression.DescendantsAndSelf())
        {
            var asked = operation switch
            {
                IInvocationOperation { TargetMethod.Name: "WaitForExit" or "WaitForExitAsync" } call => call.Instance,
                IPropertyReferenceOperation { Property.Name: "HasExited" } property => property.Instance,
                _ => null,
            };
            if (asked is not null && process.Equals(AccessPath.Of(asked))) return true;
        }

        return false;
    }
}
