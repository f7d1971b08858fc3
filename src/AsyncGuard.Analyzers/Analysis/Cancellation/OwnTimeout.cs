using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>Awaited calls that a time-out cancels, whether or not the token that they receive is cancelled.</summary>
internal static class OwnTimeout
{
    private const int MaxCalls = 2;

    /// <summary>The first such call of the <c>try</c> whose cancellation reaches its handlers.</summary>
    public static IInvocationOperation? In(ITryOperation attempt, ILoopOperation loop, GuardContext guard)
    {
        foreach (var operation in attempt.Body.Descendants())
        {
            if (operation is IInvocationOperation call && guard.Awaitables.IsAwaitable(call.Type) && Reaches(call, attempt, guard)
                && (Has(call, guard, MaxCalls) || IsLimited(call, loop, guard)))
                return call;
        }

        return null;
    }

    // client.GetAsync(url, token), or a method of ours that awaits it
    private static bool Has(IInvocationOperation call, GuardContext guard, int calls)
    {
        var method = call.TargetMethod;
        if (guard.Apis.Has(method, ApiTraits.TimesOut) || guard.Apis.TypeEntry(method.ContainingType, ApiTraits.TimesOut) is not null)
            return !IsEndless(call);
        if (calls == 0 || method.DeclaringSyntaxReferences.IsEmpty || method.IsVirtual || method.IsAbstract
            || method.ContainingType.TypeKind == TypeKind.Interface)
            return false;
        foreach (var body in Bodies.Of(guard).OperationsOf(method.OriginalDefinition))
        {
            foreach (var operation in body.Descendants())
            {
                if (operation is IInvocationOperation inner && guard.Awaitables.IsAwaitable(inner.Type) && Reaches(inner, body, guard)
                    && Has(inner, guard, calls - 1))
                    return true;
            }
        }

        return false;
    }

    // new HttpClient { Timeout = Timeout.InfiniteTimeSpan }, _client.Timeout = …
    private static bool IsEndless(IInvocationOperation call)
    {
        var receiver = call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null);
        if (AccessPath.Of(receiver)?.Root is not { ContainingType: { } type } client) return false;
        foreach (var part in type.DeclaringSyntaxReferences)
        {
            var code = part.GetSyntax();
            foreach (var node in code.DescendantNodes())
            {
                if (node is AssignmentExpressionSyntax { Right: MemberAccessExpressionSyntax time } limit
                    && ThreadingMembers.InfiniteTimeSpan.IsNamed(time.Name.Identifier.ValueText) && IsTimeout(limit.Left)
                    && IsOf(limit, client.Name, code))
                    return true;
            }
        }

        return false;
    }

    private static bool IsTimeout(ExpressionSyntax target) =>
        ((target as MemberAccessExpressionSyntax)?.Name ?? target) is SimpleNameSyntax { Identifier.ValueText: var name }
        && ConventionalNames.IsTimeLimit(name);

    // _client.Timeout = …; client.Timeout = …; _client = client; what is made elsewhere may be any client
    private static bool IsOf(AssignmentExpressionSyntax limit, string client, SyntaxNode code)
    {
        var owner = limit.Left is MemberAccessExpressionSyntax access ? NameOf(access.Expression) : limit.Parent?.Parent switch
        {
            BaseObjectCreationExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax made } } =>
                made.Identifier.ValueText,
            BaseObjectCreationExpressionSyntax { Parent: AssignmentExpressionSyntax assigned } => NameOf(assigned.Left),
            _ => null,
        };
        if (owner is null || owner == client) return true;
        foreach (var node in code.DescendantNodes())
        {
            if (node is AssignmentExpressionSyntax { Left: var left, Right: IdentifierNameSyntax { Identifier.ValueText: var right } }
                && right == owner && NameOf(left) == client)
                return true;
        }

        return false;
    }

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };

    // using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken); limit.CancelAfter(1000); await work(limit.Token);
    private static bool IsLimited(IInvocationOperation call, ILoopOperation loop, GuardContext guard)
    {
        foreach (var argument in call.Arguments)
        {
            var value = argument.Value;
            value = Unwrapped.Conversions(value);
            if (value is IPropertyReferenceOperation
                {
                    Property.Name: WellKnownMember.Token,
                    Instance: ILocalReferenceOperation { Local: var source }
                } && guard.Tokens.IsSource(source.Type) && IsTimedIn(source, loop))
                return true;
        }

        return false;
    }

    private static bool IsTimedIn(ILocalSymbol source, ILoopOperation loop)
    {
        if (source.Locations.Length == 0 || !loop.Syntax.Span.Contains(source.Locations[0].SourceSpan)) return false;
        foreach (var operation in loop.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Initializer.Value: IObjectCreationOperation creation } declarator
                    when SymbolEqualityComparer.Default.Equals(declarator.Symbol, source)
                    && InfiniteTimeout.IsIn(creation.Arguments) == false:
                case IInvocationOperation
                {
                    TargetMethod.Name: WellKnownMember.CancelAfter,
                    Instance: ILocalReferenceOperation { Local: var limited }
                } when SymbolEqualityComparer.Default.Equals(limited, source):
                    return true;
            }
        }

        return false;
    }

    // A lambda has exceptions of its own, and an inner handler may keep them.
    private static bool Reaches(IOperation place, IOperation outer, GuardContext guard)
    {
        for (var (child, parent) = (place, place.Parent);
            parent is not null && !ReferenceEquals(child, outer) && !ReferenceEquals(parent, outer);
            (child, parent) = (parent, parent.Parent))
        {
            switch (parent)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation or ICatchClauseOperation:
                    return false;
                case ITryOperation inner when ReferenceEquals(inner.Body, child):
                    foreach (var clause in inner.Catches)
                    {
                        if (guard.Cancellations.Catches(clause.ExceptionType)) return false;
                    }

                    break;
            }
        }

        return true;
    }
}
