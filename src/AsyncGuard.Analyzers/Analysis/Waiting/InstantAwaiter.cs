using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting;

/// <summary>
/// An awaiter whose <c>GetResult</c> never waits: that of <c>Task.Yield()</c>, of types that only move the continuation to another thread.
/// </summary>
internal static class InstantAwaiter
{
    public static bool Is(IMethodSymbol getResult, GuardContext guard)
    {
        if (guard.Apis.Has(getResult, ApiTraits.Completes)) return true;
        if (getResult.IsAbstract || getResult.IsVirtual || getResult.IsOverride) return false;
        var isVisible = false;
        foreach (var body in Bodies.Of(guard).OperationsOf(getResult))
        {
            isVisible = true;
            if (!OnlyReads(body)) return false;
        }

        return isVisible;
    }

    // public void GetResult() { }, public int GetResult() => _value;
    private static bool OnlyReads(IOperation body)
    {
        foreach (var operation in body.Descendants())
        {
            switch (operation)
            {
                case IBlockOperation or IReturnOperation or IExpressionStatementOperation or IConditionalOperation or IThrowOperation:
                case ILiteralOperation or IDefaultValueOperation or IFieldReferenceOperation or IInstanceReferenceOperation:
                case IConversionOperation or IUnaryOperation or IBinaryOperation or IArgumentOperation { Parent: IObjectCreationOperation }:
                case IObjectCreationOperation { Parent: IThrowOperation or IConversionOperation }:
                    continue;
                default:
                    return false;
            }
        }

        return true;
    }
}
