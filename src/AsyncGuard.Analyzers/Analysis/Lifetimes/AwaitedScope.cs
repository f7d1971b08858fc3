using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes;

/// <summary>Whether an object that a function makes and ends itself is alive at an <c>await</c> of that function.</summary>
internal static class AwaitedScope
{
    public static bool IsAliveAtAwait(IOperation creation)
    {
        var value = creation;
        while (value.Parent is IConversionOperation or IParenthesizedOperation or IConditionalOperation or ICoalesceOperation
            or ISwitchExpressionArmOperation or ISwitchExpressionOperation)
            value = value.Parent;
        switch (value.Parent)
        {
            // using (new TransactionScope()) …
            case IUsingOperation use when ReferenceEquals(use.Resources, value):
                return HasAwait(use.Body);

            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                return declarator.Parent?.Parent?.Parent switch
                {
                    // using (var scope = new TransactionScope()) …
                    IUsingOperation use => HasAwait(use.Body),

                    // using var scope = new TransactionScope();
                    IUsingDeclarationOperation { Parent: IBlockOperation block } declaration =>
                        HasAwaitAfter(block.Operations, declaration),
                    _ => HasAwaitBeforeLastUse(declarator.Symbol, creation),
                };

            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } }:
                return HasAwaitBeforeLastUse(local, creation);

            default:
                return false;
        }
    }

    private static bool HasAwaitAfter(ImmutableArray<IOperation> statements, IOperation declaration)
    {
        var isAfter = false;
        foreach (var statement in statements)
        {
            if (isAfter && HasAwait(statement)) return true;
            isAfter |= ReferenceEquals(statement, declaration);
        }

        return false;
    }

    // var scope = new TransactionScope(); try { await …; scope.Complete(); } finally { scope.Dispose(); }
    private static bool HasAwaitBeforeLastUse(ILocalSymbol local, IOperation creation)
    {
        var root = FlowGraphs.RootOf(creation);
        var last = creation.Syntax.Span.End;
        foreach (var operation in root.Descendants())
        {
            if (operation is ILocalReferenceOperation { Local: var used } && SymbolEqualityComparer.Default.Equals(used, local)
                && operation.Syntax.SpanStart > last)
                last = operation.Syntax.SpanStart;
        }

        var function = FlowGraphs.FunctionAround(creation);
        foreach (var operation in root.Descendants())
        {
            var start = operation.Syntax.SpanStart;
            if (start > creation.Syntax.Span.End && start < last && IsAwait(operation)
                && ReferenceEquals(FlowGraphs.FunctionAround(operation), function))
                return true;
        }

        return false;
    }

    private static bool HasAwait(IOperation code)
    {
        if (IsAwait(code)) return true;
        foreach (var child in code.ChildOperations)
        {
            if (child is not (IAnonymousFunctionOperation or ILocalFunctionOperation) && HasAwait(child)) return true;
        }

        return false;
    }

    private static bool IsAwait(IOperation operation) =>
        operation is IAwaitOperation or IForEachLoopOperation { IsAsynchronous: true } or IUsingOperation { IsAsynchronous: true }
        or IUsingDeclarationOperation { IsAsynchronous: true };
}
