using System.Runtime.CompilerServices;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tokens;

/// <summary>Code that must run to its end although the work around it was cancelled.</summary>
internal static class CleanupCode
{
    private const int MaxCallers = 3;

    private static readonly ConditionalWeakTable<IMethodSymbol, object> OnlyForCleanup = new();

    /// <summary>
    /// Whether the call releases or undoes, or stands in a <c>catch</c>, a <c>finally</c>, a <c>Dispose</c> method, a rollback, after a
    /// commit or after the cancellation.
    /// </summary>
    public static bool Is(IInvocationOperation call, ISymbol? member, GuardContext guard) =>
        (CleanupNames.Releases(call.TargetMethod.Name) && !StopsWithToken(member, guard)) || Surrounds(call, member, guard);

    /// <summary>
    /// Whether what is awaited releases something, however it is wrapped: <c>await client.CloseAsync()</c>,
    /// <c>await DisposeAsync(client).AsTask().WaitAsync(limit)</c>.
    /// </summary>
    public static bool IsAwaited(IAwaitOperation awaited)
    {
        var value = Unwrapped.Awaited(awaited.Operation);
        while (value is IInvocationOperation call)
        {
            if (CleanupNames.Releases(call.TargetMethod.Name)) return true;
            if (Unwrapped.Receiver(call) is not { } wrapped) return false;
            value = Unwrapped.Conversions(wrapped);
        }

        return false;
    }

    /// <summary>
    /// Whether the place stands in a <c>catch</c>, a <c>finally</c>, a <c>Dispose</c> method, a rollback, a method that only such code
    /// calls, after a commit or after the cancellation.
    /// </summary>
    public static bool Surrounds(IOperation place, ISymbol? member, GuardContext guard)
    {
        if (member is IMethodSymbol method && (CleanupNames.Undoes(member.Name) || IsOnlyForCleanup(method, guard))) return true;

        var child = place;
        for (var parent = place.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case ICatchClauseOperation handler:
                    if (!RetryPause.Is(place, handler)) return true;
                    break;
                case ITryOperation { Finally: { } cleanup } when ReferenceEquals(cleanup, child):
                    return true;
                case ILocalFunctionOperation local when CleanupNames.Undoes(local.Symbol.Name):
                    return true;
                case IConditionalOperation choice when IsCancelledBranch(choice, child, guard):
                    return true;
                case IBlockOperation block when FollowsEnd(block, child, guard):
                    return true;
            }
        }

        return false;
    }

    // finally { await DecreaseAsync(key); } is the only call of the private method. With a token parameter, callers say what it obeys.
    private static bool IsOnlyForCleanup(IMethodSymbol method, GuardContext guard)
    {
        if (method is not { DeclaredAccessibility: Accessibility.Private, MethodKind: MethodKind.Ordinary }) return false;
        foreach (var parameter in method.Parameters)
        {
            if (guard.Tokens.IsToken(parameter.Type)) return false;
        }

        return (bool)OnlyForCleanup.GetValue(method,
            static method => IsOnlyCalledInCleanup(method.ContainingType, method.Name, MaxCallers));
    }

    private static bool IsOnlyCalledInCleanup(INamedTypeSymbol type, string name, int steps)
    {
        var isCalled = false;
        foreach (var part in type.DeclaringSyntaxReferences)
        {
            foreach (var node in part.GetSyntax().DescendantNodes())
            {
                if (node is not SimpleNameSyntax use || use.Identifier.ValueText != name) continue;
                if (!IsCall(use) || !IsInCleanup(use, type, steps)) return false;
                isCalled = true;
            }
        }

        return isCalled;
    }

    // DecreaseAsync(key), this.DecreaseAsync(key)
    private static bool IsCall(SimpleNameSyntax use) =>
        use.Parent is InvocationExpressionSyntax
            or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Parent: InvocationExpressionSyntax };

    private static bool IsInCleanup(SyntaxNode call, INamedTypeSymbol type, int steps)
    {
        for (var around = call.Parent; around is not null; around = around.Parent)
        {
            switch (around)
            {
                case FinallyClauseSyntax or CatchClauseSyntax:
                    return true;
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax:
                    return false;
                case MethodDeclarationSyntax { Identifier.ValueText: var caller } method:
                    return CleanupNames.Undoes(caller) || CleanupNames.EndsLife(caller) || CleanupNames.FollowsEnd(caller)
                        || (steps > 0 && IsPrivate(method) && IsOnlyCalledInCleanup(type, caller, steps - 1));
                case MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }

    private static bool IsPrivate(MethodDeclarationSyntax method)
    {
        if (method.ExplicitInterfaceSpecifier is not null) return false;
        foreach (var modifier in method.Modifiers)
        {
            if (modifier.IsKind(SyntaxKind.PublicKeyword) || modifier.IsKind(SyntaxKind.InternalKeyword)
                || modifier.IsKind(SyntaxKind.ProtectedKeyword))
                return false;
        }

        return true;
    }

    // Task StopAsync(CancellationToken token): how long the stop may take
    private static bool StopsWithToken(ISymbol? member, GuardContext guard) =>
        member is IMethodSymbol { Name: ConventionalNames.StopAsync, Parameters: { IsEmpty: false } parameters }
        && guard.Tokens.IsToken(parameters[parameters.Length - 1].Type);

    // if (token.IsCancellationRequested) { … }
    private static bool IsCancelledBranch(IConditionalOperation choice, IOperation branch, GuardContext guard)
    {
        if (ReferenceEquals(choice.WhenTrue, branch)) return MeansCancelled(choice.Condition, outcome: true, guard);
        return ReferenceEquals(choice.WhenFalse, branch) && MeansCancelled(choice.Condition, outcome: false, guard);
    }

    private static bool FollowsEnd(IBlockOperation block, IOperation place, GuardContext guard)
    {
        foreach (var statement in block.Operations)
        {
            if (ReferenceEquals(statement, place)) return false;
            if (Commits(statement, guard) || EndsWithCancellation(statement, guard)) return true;
        }

        return false;
    }

    // transaction.Commit(); await transaction.CommitAsync(token); scope.Complete(); and blocks that are run through
    private static bool Commits(IOperation? statement, GuardContext guard)
    {
        switch (statement)
        {
            case IExpressionStatementOperation { Operation: var expression }:
                if (expression is IAwaitOperation awaited) expression = Unwrapped.Awaited(awaited.Operation);
                return expression is IInvocationOperation { TargetMethod: { } method }
                    && (CleanupNames.Commits(method.Name) || PlatformMembers.CompleteTransaction.Is(method));
            case IBlockOperation block:
                foreach (var inner in block.Operations)
                {
                    if (Commits(inner, guard)) return true;
                }

                return false;
            case IUsingOperation use:
                return Commits(use.Body, guard);
            case ILockOperation locked:
                return Commits(locked.Body, guard);
            case ITryOperation attempt:
                return Commits(attempt.Body, guard);
            default:
                return false;
        }
    }

    // while (!token.IsCancellationRequested) { … }, for (; !token.IsCancellationRequested; ) { … },
    // try { await Task.Delay(Timeout.Infinite, token); } catch (OperationCanceledException) { }
    private static bool EndsWithCancellation(IOperation statement, GuardContext guard) => statement switch
    {
        IWhileLoopOperation { ConditionIsUntil: false, Condition: { } condition } => MeansCancelled(condition, outcome: false, guard),
        IForLoopOperation { Condition: { } condition } => MeansCancelled(condition, outcome: false, guard),
        ITryOperation { Parent: not { Parent: ILoopOperation } } attempt => GoesOnWhenCancelled(attempt, guard),
        _ => false,
    };

    // The pass of a loop that was cancelled is another matter: AGD0304 asks what ends the loop.
    private static bool GoesOnWhenCancelled(ITryOperation attempt, GuardContext guard)
    {
        foreach (var clause in attempt.Catches)
        {
            // when (!token.IsCancellationRequested): for a time-out, or unknown
            if (!guard.Cancellations.Is(clause.ExceptionType)
                || (clause.Filter is { } filter && !MeansCancelled(filter, outcome: true, guard)))
                continue;
            var statements = clause.Handler.Operations;
            if (statements.IsEmpty || statements[statements.Length - 1] is not (IThrowOperation or IReturnOperation or IBranchOperation
                or IExpressionStatementOperation { Operation: IThrowOperation }))
                return true;
        }

        return false;
    }

    /// <summary>Whether a condition can only have the outcome once the token is cancelled.</summary>
    private static bool MeansCancelled(IOperation condition, bool outcome, GuardContext guard) => condition switch
    {
        IParenthesizedOperation inner => MeansCancelled(inner.Operand, outcome, guard),
        IPropertyReferenceOperation property when TokenUse.IsCheck(property, guard) => outcome,
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => MeansCancelled(not.Operand, !outcome, guard),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } and => OfBoth(and, outcome, either: outcome, guard),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } or => OfBoth(or, outcome, either: !outcome, guard),
        _ => false,
    };

    private static bool OfBoth(IBinaryOperation condition, bool outcome, bool either, GuardContext guard)
    {
        var left = MeansCancelled(condition.LeftOperand, outcome, guard);
        return left == either ? left : MeansCancelled(condition.RightOperand, outcome, guard);
    }
}
