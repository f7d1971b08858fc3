using System;
using AsyncGuard.Analysis.Blocking.Twins;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>
/// A call that runs a delegate and returns its result, where the delegate is asynchronous: what it does around the work ends as soon as the
/// task exists.
/// </summary>
internal static class SyncRunner
{
    private const string Suffix = ConventionalNames.Async;

    /// <summary>
    /// The awaitable sibling that takes the same arguments and gives the same result, or asynchronous work in another form; null where the
    /// call is no such runner, or there is none.
    /// </summary>
    public static IMethodSymbol? SiblingOf(IInvocationOperation call, GuardContext guard)
    {
        var method = call.TargetMethod;
        if (!IsRunner(method) || method.Name.EndsWith(Suffix, StringComparison.Ordinal) || !IsTask(call.Type, guard)) return null;
        if (guard.Apis.TypeHas(method.ContainingType, ApiTraits.NoTwin)) return null;
        if (guard.Apis.Has(method, ApiTraits.Caches) || CollectionNames.Stores(method.Name) || RunnerArgument(call) is null) return null;
        // await dispatcher.Invoke(async () => …): there is nothing around the work, and the task is awaited
        if (guard.Apis.Has(method, ApiTraits.Posts) && Unwrapped.AwaitAround(call) is not null) return null;
        if (call.SemanticModel is not { } model || call.Syntax is not InvocationExpressionSyntax invocation
            || AwaitableCounterparts.Renamed(invocation, method.Name + Suffix) is not { } renamed)
            return null;

        if (model.GetSpeculativeSymbolInfo(invocation.SpanStart, renamed,
            SpeculativeBindingOption.BindAsExpression).Symbol is not IMethodSymbol sibling)
            return OtherForm(method, guard);
        return guard.Awaitables.ResultOf(sibling.ReturnType) is { } result
            && SymbolEqualityComparer.Default.Equals(result, guard.Awaitables.ResultOf(call.Type)) ? sibling : null;
    }

    // pipeline.ExecuteAsync(async token => …): the work receives a token, or returns a ValueTask
    private static IMethodSymbol? OtherForm(IMethodSymbol method, GuardContext guard)
    {
        foreach (var member in method.ContainingType.OriginalDefinition.GetMembers(method.Name + Suffix))
        {
            if (member is IMethodSymbol { DeclaredAccessibility: Accessibility.Public } sibling && sibling.IsStatic == method.IsStatic
                && guard.Awaitables.IsAwaitable(sibling.ReturnType) && TakesWork(sibling, guard))
                return sibling;
        }

        return null;
    }

    private static bool TakesWork(IMethodSymbol method, GuardContext guard)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Type is INamedTypeSymbol { TypeKind: TypeKind.Delegate, DelegateInvokeMethod.ReturnType: { } result }
                && guard.Awaitables.IsAwaitable(result))
                return true;
        }

        return false;
    }

    /// <summary>The argument that is the work: <c>async () => …</c> for a <c>Func&lt;TResult&gt;</c>.</summary>
    public static IArgumentOperation? RunnerArgument(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.OriginalDefinition.Type is INamedTypeSymbol
                {
                    TypeKind: TypeKind.Delegate,
                    DelegateInvokeMethod.ReturnType: ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } result
                }
                && SymbolEqualityComparer.Default.Equals(result, call.TargetMethod.OriginalDefinition.ReturnType)) return argument;
        }

        return null;
    }

    // TResult Execute<TResult>(Func<TResult> work)
    private static bool IsRunner(IMethodSymbol method) =>
        method is { IsGenericMethod: true, MethodKind: MethodKind.Ordinary or MethodKind.ReducedExtension }
        && method.OriginalDefinition.ReturnType is ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method };

    private static bool IsTask(ITypeSymbol? type, GuardContext guard) =>
        guard.Awaitables.IsTask(type) || guard.Awaitables.IsValueTask(type);
}
