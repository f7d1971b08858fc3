using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes;

/// <summary>Whether a token lives longer than the work that a callback is registered for.</summary>
internal static class RegistrationLifetime
{
    public static RegistrationLifetimeKind Of(IInvocationOperation call, IOperation? token, ISymbol? member, GuardContext guard)
    {
        var around = FlowGraphs.FunctionAround(call);
        if (around is IAnonymousFunctionOperation
            || (around is ILocalFunctionOperation local ? local.Symbol : member) is not IMethodSymbol function)
            return RegistrationLifetimeKind.Unknown;
        if (CodeContext.IsEntryPoint(function) || LivesAsLongAsToken(function, guard)) return RegistrationLifetimeKind.Unknown;

        var holds = CallbackCaptures.Of(call, guard);
        if (!IsOthersToken(token, function, guard) && !(holds.Locals && IsOwnToken(token, guard))) return RegistrationLifetimeKind.Unknown;
        if (!holds.IsAny) return RegistrationLifetimeKind.Unknown;
        if (function.MethodKind == MethodKind.Constructor)
            return holds.This && IsDisposable(function.ContainingType, guard) ? RegistrationLifetimeKind.EndsWithObject
                : RegistrationLifetimeKind.Unknown;
        if (function.IsAsync)
            return holds.Returned || !EndsAfter(call, around, guard) ? RegistrationLifetimeKind.Unknown
                : RegistrationLifetimeKind.EndsWithFunction;
        return (holds.Promise || holds.PromisedWork) && guard.Awaitables.IsAwaitable(function.ReturnType)
            ? RegistrationLifetimeKind.EndsWithTask : RegistrationLifetimeKind.Unknown;
    }

    // ExecuteAsync of a service, StartAsync, an action of a controller: their token ends with what they begin
    private static bool LivesAsLongAsToken(IMethodSymbol function, GuardContext guard)
    {
        if (CleanupNames.LetsWorkGoOn(function.Name)) return true;
        for (var type = function.ContainingType; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, guard.Types.ControllerBase)) return true;
        }

        return guard.Types.HostedService is { } hosted && function.ContainingType is { } owner && owner.AllInterfaces.ContainsSymbol(hosted)
            && (function.MethodKind == MethodKind.Constructor || ConventionalNames.RunsWithService(function.Name));
    }

    // a parameter, lifetime.ApplicationStopping, a token that the constructor received; not _own.Token
    private static bool IsOthersToken(IOperation? token, IMethodSymbol function, GuardContext guard) => token switch
    {
        IParameterReferenceOperation
        {
            Parameter.ContainingSymbol: IMethodSymbol { MethodKind: not MethodKind.AnonymousFunction } owner
        } =>
                owner.MethodKind != MethodKind.LocalFunction || SymbolEqualityComparer.Default.Equals(owner, function),
        // ApplicationStarted is cancelled soon, and lets go of its callbacks then
        IPropertyReferenceOperation { Property: var shutdown } when CancellationMembers.LateShutdown.Is(shutdown) => true,
        IFieldReferenceOperation { Instance: IInstanceReferenceOperation, Field: { IsReadOnly: true } field } =>
            IsGivenToConstructor(field),
        IPropertyReferenceOperation { Instance: IInstanceReferenceOperation, Property: { SetMethod: null } property } =>
            IsGivenToConstructor(property),
        _ => false,
    };

    // _closing.Token of the object itself, on which the callbacks of all calls pile up
    private static bool IsOwnToken(IOperation? token, GuardContext guard) =>
        token is IPropertyReferenceOperation
        {
            Property.Name: WellKnownMember.Token,
            Instance: IFieldReferenceOperation { Instance: IInstanceReferenceOperation, Field: { IsReadOnly: true } field }
        }
            && guard.Tokens.IsSource(field.Type);

    // C(CancellationToken token) { _token = token; }
    private static bool IsGivenToConstructor(ISymbol holder)
    {
        foreach (var constructor in holder.ContainingType.InstanceConstructors)
        {
            foreach (var reference in constructor.DeclaringSyntaxReferences)
            {
                foreach (var node in reference.GetSyntax().DescendantNodes())
                {
                    if (node is AssignmentExpressionSyntax { Right: IdentifierNameSyntax value, Left: var target }
                        && NameOf(target) == holder.Name && Takes(constructor, value.Identifier.ValueText))
                        return true;
                }
            }
        }

        return false;
    }

    private static bool Takes(IMethodSymbol constructor, string name)
    {
        foreach (var parameter in constructor.Parameters)
        {
            if (parameter.Name == name) return true;
        }

        return false;
    }

    private static string? NameOf(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: var name } => name.Identifier.ValueText,
        _ => null,
    };

    /// <summary>Whether the function awaits something after the call that is over then, and does not go on until the token ends.</summary>
    private static bool EndsAfter(IOperation call, IOperation? function, GuardContext guard)
    {
        var awaits = false;
        foreach (var operation in (function ?? FlowGraphs.RootOf(call)).Descendants())
        {
            if (operation.Syntax.SpanStart < call.Syntax.Span.End || !ReferenceEquals(FlowGraphs.FunctionAround(operation), function))
                continue;
            switch (operation)
            {
                case IWhileLoopOperation { Condition: { } condition } when TokenUse.IsCheckIn(condition, guard):
                    return false;

                // await server.StartAsync(), await Task.Delay(Timeout.Infinite, token)
                case IAwaitOperation awaited:
                    if (Unwrapped.Awaited(awaited.Operation) is IInvocationOperation work
                        && (CleanupNames.LetsWorkGoOn(work.TargetMethod.Name) || InfiniteTimeout.IsIn(work.Arguments) == true))
                        return false;
                    awaits = true;
                    break;
            }
        }

        return awaits;
    }

    private static bool IsDisposable(INamedTypeSymbol type, GuardContext guard) =>
        (guard.Types.Disposable is { } disposable && type.AllInterfaces.ContainsSymbol(disposable))
        || (guard.Types.AsyncDisposable is { } contract && type.AllInterfaces.ContainsSymbol(contract));
}
