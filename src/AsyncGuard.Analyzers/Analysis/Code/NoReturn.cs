using System;
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
        method is { IsStatic: true, ContainingType: { } type } && type.Name.StartsWith("Throw", StringComparison.Ordinal)
        && type.Name.EndsWith("Helper", StringComparison.Ordinal)
        && method.Name.IndexOf("If", StringComparison.Ordinal) < 0;
}
