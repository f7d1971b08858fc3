using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>Cleanup that receives the token which the work before it obeyed, so that it does not run once that is cancelled.</summary>
internal static class CancellableCleanup
{
    /// <summary>
    /// The argument by which the awaited call gets the token; null where the call is no cleanup, or nothing before it obeyed the token.
    /// </summary>
    public static IArgumentOperation? TokenOf(IAwaitOperation wait, ISymbol? member, GuardContext guard)
    {
        if (Unwrapped.Awaited(wait.Operation) is not IInvocationOperation call) return null;
        if (guard.Types.Shield is { } shield && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, shield))
            return null;
        var name = call.TargetMethod.Name;
        var releases = CleanupNames.GivesBack(name);
        if (!releases && !CleanupNames.Completes(name)) return null;
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind != ArgumentKind.Explicit || !guard.Tokens.TakesToken(argument.Value.Type!)
                || !TokenUse.Is(Unwrapped.Conversions(argument.Value), guard))
                continue;
            return AccessPath.Of(argument.Value) is { } token && !LimitsEnd(token.Root)
                && FollowsWorkWith(token, wait, releases, member, guard) ? argument : null;
        }

        return null;
    }

    // async Task StopAsync(CancellationToken token): the token is the time that stopping may take
    private static bool LimitsEnd(ISymbol token) =>
        token is IParameterSymbol { ContainingSymbol: IMethodSymbol { Name: var method } } && CleanupNames.EndsLife(method);

    private static bool FollowsWorkWith(AccessPath token, IAwaitOperation cleanup, bool releases, ISymbol? member, GuardContext guard)
    {
        IOperation child = cleanup;
        for (var parent = cleanup.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case ITryOperation { Finally: { } last } attempt when ReferenceEquals(last, child):
                    if (Obeys(attempt.Body, token, guard) && !IsGuarded(last, cleanup, guard)) return true;
                    break;

                case ICatchClauseOperation { Parent: ITryOperation attempt } clause when ReferenceEquals(clause.Handler, child):
                    if (Obeys(attempt.Body, token, guard) && !IsGuarded(clause.Handler, cleanup, guard)
                        && (releases || RunsAfterCancellation(clause, attempt, guard)))
                        return true;
                    break;

                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return false;
            }
        }

        return releases && member is IMethodSymbol method && DisposesAsync(method) && IsOfItsObject(token, method);
    }

    // catch (Exception), catch (OperationCanceledException): with a filter or a type test, the code has decided for itself
    private static bool RunsAfterCancellation(ICatchClauseOperation clause, ITryOperation attempt, GuardContext guard)
    {
        if (guard.Cancellations.Is(clause.ExceptionType)) return clause.Filter is null;
        if (!guard.Cancellations.Catches(clause.ExceptionType) || clause.Filter is not null
            || CancellationHandler.HasTypeTest(clause.Handler, guard) || IsInLoop(attempt))
            return false;
        foreach (var other in attempt.Catches)
        {
            if (ReferenceEquals(other, clause)) break;
            if (guard.Cancellations.Is(other.ExceptionType)) return false;
        }

        return true;
    }

    // while (…) { try { … } catch (Exception ex) { await ReportAsync(ex, token); } }: the token ends the loop there
    private static bool IsInLoop(IOperation attempt)
    {
        for (var parent = attempt.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            if (parent is ILoopOperation) return true;
        }

        return false;
    }

    // await LoadAsync(token), token.ThrowIfCancellationRequested()
    private static bool Obeys(IOperation body, AccessPath token, GuardContext guard)
    {
        foreach (var operation in body.Descendants())
        {
            if (TokenUse.Is(operation, guard) && AccessPath.Of(operation) is { } other && other.Equals(token)) return true;
            if (TokenUse.IsCheck(operation, guard) && operation is IPropertyReferenceOperation check
                && AccessPath.Of(check.Instance) is { } asked && token.StartsWith(asked))
                return true;
        }

        return false;
    }

    // if (!token.IsCancellationRequested) await NotifyAsync(token);
    private static bool IsGuarded(IOperation cleanupCode, IOperation cleanup, GuardContext guard)
    {
        for (var parent = cleanup.Parent; parent is not null && !ReferenceEquals(parent, cleanupCode); parent = parent.Parent)
        {
            if (parent is IConditionalOperation choice && TokenUse.IsCheckIn(choice.Condition, guard)) return true;
        }

        foreach (var operation in cleanupCode.Descendants())
        {
            if (operation.Syntax.SpanStart >= cleanup.Syntax.SpanStart) continue;
            if (operation is IConditionalOperation choice && TokenUse.IsCheckIn(choice.Condition, guard)
                && !choice.Syntax.Span.Contains(cleanup.Syntax.Span))
                return true;
        }

        return false;
    }

    private static bool DisposesAsync(IMethodSymbol method) =>
        method.Parameters.IsEmpty && CleanupNames.DisposesAsync(method.Name);

    // _stopping.Token, which other methods of the object obey
    private static bool IsOfItsObject(AccessPath token, IMethodSymbol dispose)
    {
        if (token.Root is not (IFieldSymbol or IPropertySymbol)
            || !SymbolEqualityComparer.Default.Equals(token.Root.ContainingType, dispose.ContainingType))
            return false;
        foreach (var part in dispose.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in part.GetSyntax()
                .DescendantNodes(inner => inner is not (ConstructorDeclarationSyntax or BaseFieldDeclarationSyntax)))
            {
                if (node is IdentifierNameSyntax name && name.Identifier.ValueText == token.Root.Name && IsHandedOn(name)
                    && !IsIn(dispose, name))
                    return true;
            }
        }

        return false;
    }

    // RunAsync(_token), RunAsync(_stopping.Token)
    private static bool IsHandedOn(IdentifierNameSyntax name)
    {
        SyntaxNode whole = name;
        while (whole.Parent is MemberAccessExpressionSyntax) whole = whole.Parent;
        return whole.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax };
    }

    private static bool IsIn(IMethodSymbol method, SyntaxNode node)
    {
        foreach (var declaration in method.DeclaringSyntaxReferences)
        {
            if (declaration.SyntaxTree == node.SyntaxTree && declaration.Span.Contains(node.Span)) return true;
        }

        return false;
    }
}
