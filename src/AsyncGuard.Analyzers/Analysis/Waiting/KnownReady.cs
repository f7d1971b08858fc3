using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting;

/// <summary>A wait where the code has asked before whether there is anything to wait for: a key that was pressed, a free permit.</summary>
internal static class KnownReady
{
    // what waits, and what says that it does not have to
    private static readonly (ApiMember Wait, ApiMember Asked)[] Pairs =
    [
        (PlatformMembers.ReadKey, PlatformMembers.KeyAvailable),
        (ThreadingMembers.SemaphoreWait, ThreadingMembers.FreePermits),
        (ThreadingMembers.EventWait, ThreadingMembers.EventIsSet),
        (ThreadingMembers.BlockingTake, ThreadingMembers.BlockingCount),
        (PlatformMembers.SocketRead, PlatformMembers.SocketHasData),
    ];

    /// <summary>
    /// <code>if (Console.KeyAvailable) Console.ReadKey();      if (!Console.KeyAvailable) continue; Console.ReadKey();
    /// if (_gate.CurrentCount > 0) _gate.Wait();       while (stream.DataAvailable) stream.Read(buffer);</code>
    /// </summary>
    public static bool Is(IInvocationOperation call, GuardContext guard)
    {
        foreach (var (wait, asked) in Pairs)
        {
            if (!wait.Is(call.TargetMethod)) continue;
            var owner = AccessPath.Of(call.Instance);
            if (call.Instance is not null && owner is null) return false;
            var question = new Question(asked, owner);
            return question.IsAnsweredAt(call) || IsKnownToCallers(call, question, guard);
        }

        return false;
    }

    // if (Console.KeyAvailable) Show(); …  private void Show() { var key = Console.ReadKey(); }
    private static bool IsKnownToCallers(IOperation read, Question question, GuardContext guard)
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
                    || !question.IsAnsweredAt(call))
                    return false;
                isCalled = true;
            }
        }

        return isCalled;
    }

    private readonly struct Question(ApiMember asked, AccessPath? owner)
    {
        public bool IsAnsweredAt(IOperation call)
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

        private bool Says(IOperation? condition, bool holds) => condition switch
        {
            IPropertyReferenceOperation { Type.SpecialType: SpecialType.System_Boolean } flag when IsAsked(flag) => holds,
            IParenthesizedOperation { Operand: var operand } => Says(operand, holds),
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } => Says(operand, !holds),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both =>
                holds && (Says(both.LeftOperand, true) || Says(both.RightOperand, true)),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either =>
                !holds && (Says(either.LeftOperand, false) || Says(either.RightOperand, false)),
            IBinaryOperation { LeftOperand: var count, RightOperand.ConstantValue: { HasValue: true, Value: int least } } comparison
                when IsAsked(count) => SaysSome(comparison.OperatorKind, least, holds),
            _ => false,
        };

        private bool IsLeftWithout(IBlockOperation block, IOperation until)
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

        private bool IsAsked(IOperation value) =>
            value is IPropertyReferenceOperation property && asked.Is(property.Property)
            && (property.Instance is null ? owner is null : owner is not null && owner.Equals(AccessPath.Of(property.Instance)));

        // count > 0, count >= 1, count != 0, count == 1; not (count == 0), not (count < 1)
        private static bool SaysSome(BinaryOperatorKind comparison, int number, bool holds) => comparison switch
        {
            BinaryOperatorKind.GreaterThan => holds && number >= 0,
            BinaryOperatorKind.GreaterThanOrEqual => holds && number > 0,
            BinaryOperatorKind.NotEquals => holds && number == 0,
            BinaryOperatorKind.Equals => holds ? number > 0 : number == 0,
            BinaryOperatorKind.LessThan => !holds && number > 0,
            BinaryOperatorKind.LessThanOrEqual => !holds && number >= 0,
            _ => false,
        };
    }
}
