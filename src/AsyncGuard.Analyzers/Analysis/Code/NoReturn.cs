using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Code;

/// <summary>
/// Methods that only ever throw, and code behind a call of one, which never runs: <c>ThrowHelper.NotSupported(); return default;</c>
/// </summary>
internal static class NoReturn
{
    /// <summary>Whether the statement before this one, in its block, is such a call.</summary>
    public static bool Precedes(IOperation statement, GuardContext guard)
    {
        if (statement.Parent is not { } block) return false;
        IOperation? before = null;
        foreach (var other in block.ChildOperations)
        {
            if (ReferenceEquals(other, statement))
                return before is IExpressionStatementOperation { Operation: IInvocationOperation call } && Is(call.TargetMethod, guard);
            before = other;
        }

        return false;
    }

    /// <summary>
    /// Whether what follows in the block ends the process for certain, so that there is nothing left to hold up:
    /// <c>Thread.Sleep(5000); Environment.Exit(1);</c>
    /// </summary>
    public static bool IsLastBeforeExit(IOperation operation, GuardContext guard)
    {
        var statement = operation;
        for (var parent = operation.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation);
            statement = parent, parent = parent.Parent)
        {
            if (parent is IBlockOperation block && IsFollowedByExit(block, statement, guard)) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether work ends the process, so that no code is left to see its task: <c>await Task.Delay(500); Environment.Exit(0);</c>
    /// </summary>
    public static bool EndsWithExit(IBlockOperation body, GuardContext guard)
    {
        foreach (var statement in body.Operations)
        {
            if (IsExit(statement, guard)) return true;
            if (Leaves(statement)) return false;
        }

        return false;
    }

    private static bool IsFollowedByExit(IBlockOperation block, IOperation statement, GuardContext guard)
    {
        var isBehind = false;
        foreach (var other in block.Operations)
        {
            if (ReferenceEquals(other, statement)) isBehind = true;
            else if (isBehind)
            {
                if (IsExit(other, guard)) return true;
                if (Leaves(other)) return false;
            }
        }

        return false;
    }

    /// <summary>Whether the call ends the process: <c>Environment.Exit(1)</c>, <c>Environment.FailFast("…")</c>.</summary>
    public static bool EndsProcess(IOperation operation, GuardContext guard) =>
        operation is IInvocationOperation { TargetMethod: var method }
        && PlatformMembers.EndProcess.Is(method) && guard.Apis.Has(method, ApiTraits.EndsWork);

    private static bool IsExit(IOperation statement, GuardContext guard) =>
        statement is IExpressionStatementOperation { Operation: var operation } && EndsProcess(operation, guard);

    private static bool Leaves(IOperation statement)
    {
        foreach (var operation in statement.DescendantsAndSelf())
        {
            if (operation is IReturnOperation or IBranchOperation or IThrowOperation) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether the method is marked so, has nothing but a <c>throw</c> as its body, or is one of a <c>ThrowHelper</c> whose code is not
    /// here.
    /// </summary>
    public static bool Is(IMethodSymbol method, GuardContext guard)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, guard.Types.DoesNotReturnAttribute)) return true;
        }

        var isVisible = false;
        foreach (var body in Bodies.Of(guard).OperationsOf(method.OriginalDefinition))
        {
            if (!OnlyThrows(body)) return false;
            isVisible = true;
        }

        return isVisible || (method.ReturnsVoid && IsOfThrowHelper(method));
    }

    // static void Fail() { throw … }, static void Fail() => throw …
    private static bool OnlyThrows(IOperation body)
    {
        foreach (var operation in body.Descendants())
        {
            switch (operation)
            {
                case IThrowOperation:
                    return true;
                case IBlockOperation or IExpressionStatementOperation or IConversionOperation:
                    continue;
                default:
                    return false;
            }
        }

        return false;
    }

    private static bool IsOfThrowHelper(IMethodSymbol method) =>
        method is { IsStatic: true, ContainingType: { } type } && ConventionalNames.IsThrowHelper(type.Name)
        && !ConventionalNames.IsConditional(method.Name);
}
