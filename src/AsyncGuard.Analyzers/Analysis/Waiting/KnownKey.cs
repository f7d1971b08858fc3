using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting;

/// <summary>A read of a key that is known to have been pressed: it returns at once.</summary>
internal static class KnownKey
{
    /// <summary>
    /// <code>if (Console.KeyAvailable) Console.ReadKey();      if (!Console.KeyAvailable) continue; Console.ReadKey();</code>
    /// </summary>
    public static bool IsRead(IInvocationOperation call, GuardContext guard)
    {
        return PlatformMembers.ReadKey.Is(call.TargetMethod) && (IsKnownAt(call) || IsKnownToCallers(call, guard));
    }

    // if (Console.KeyAvailable) Show(); …  private void Show() { var key = Console.ReadKey(); }
    private static bool IsKnownToCallers(IOperation read, GuardContext guard)
    {
        if (read.SemanticModel?.GetEnclosingSymbol(read.Syntax.SpanStart)
            is not IMethodSymbol { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private } method)
            return false;
        var isCalled = false;
        foreach (var part in method.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in part.GetSyntax().DescendantNodes())
            {
                if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != method.Name) continue;
                ExpressionSyntax called = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
                if (called.Parent is not InvocationExpressionSyntax || Bodies.Of(guard).OperationOf(called.Parent) is not { } call
                    || !IsKnownAt(call))
                    return false;
                isCalled = true;
            }
        }

        return isCalled;
    }

    private static bool IsKnownAt(IOperation call)
    {
        IOperation child = call;
        for (var parent = call.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            var isKnown = parent switch
            {
                IConditionalOperation choice when !ReferenceEquals(choice.Condition, child) =>
                    Says(choice.Condition, ReferenceEquals(choice.WhenTrue, child)),
                IWhileLoopOperation { Condition: { } condition, ConditionIsTop: true } loop when ReferenceEquals(loop.Body, child) =>
                    Says(condition, true),
                IBlockOperation block => IsLeftWithout(block, child),
                _ => false,
            };
            if (isKnown) return true;
        }

        return false;
    }

    private static bool Says(IOperation? condition, bool holds) => condition switch
    {
        IPropertyReferenceOperation { Property: var asked } when PlatformMembers.KeyAvailable.Is(asked) => holds,
        IParenthesizedOperation { Operand: var operand } => Says(operand, holds),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } => Says(operand, !holds),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both =>
            holds && (Says(both.LeftOperand, true) || Says(both.RightOperand, true)),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either =>
            !holds && (Says(either.LeftOperand, false) || Says(either.RightOperand, false)),
        _ => false,
    };

    private static bool IsLeftWithout(IBlockOperation block, IOperation until)
    {
        foreach (var statement in block.Operations)
        {
            if (ReferenceEquals(statement, until)) return false;
            if (statement is IConditionalOperation { WhenFalse: null } exit && Says(exit.Condition, false) && Leaves(exit.WhenTrue))
                return true;
        }

        return false;
    }

    private static bool Leaves(IOperation branch) => branch switch
    {
        IBlockOperation { Operations: { Length: > 0 } statements } => Leaves(statements[statements.Length - 1]),
        IReturnOperation or IBranchOperation or IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation } => true,
        _ => false,
    };
}
