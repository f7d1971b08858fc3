using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tokens;

/// <summary>
/// Calls that could take a cancellation token: by an optional parameter, or by an overload that differs only by the token.
/// </summary>
internal sealed class CancellableCalls(GuardContext guard)
{
    private static readonly Engine<CancellableCalls> Engine = new(static guard => new CancellableCalls(guard));

    private readonly TokenOverloads _overloads = new(guard);

    public static CancellableCalls Of(GuardContext guard) => Engine.Of(guard);

    /// <summary>The token in scope that the call should receive and does not, or null.</summary>
    public TokenCandidate? Missing(IInvocationOperation call, ISymbol? member)
    {
        if (!MayTakeToken(call) || TokenScope.Of(guard).Best(call, member) is not { } token || Find(call, token) is null) return null;
        if (CleanupCode.Is(call, member, guard) || CodeContext.IsInExpressionTree(call, guard)) return null;
        if (ConnectionToken.IsOfAnother(call, token, guard) || (!AcquireScope.Acquires(call) && AcquireScope.Forbids(call, guard))
            || PolledEnd.IsSkippedFrom(call, token, guard))
            return null;
        return token;
    }

    /// <summary>Whether the call is made without a token and could be made with one: the cheap test.</summary>
    public bool MayTakeToken(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.LocalFunction or MethodKind.DelegateInvoke)) return false;
        // Those of a constructed method are made when they are asked for.
        foreach (var parameter in method.OriginalDefinition.Parameters)
        {
            if (guard.Tokens.TakesToken(parameter.Type)) return IsOmitted(call, method.Parameters[parameter.Ordinal]);
        }

        return method.MethodKind == MethodKind.Ordinary && !_overloads.Of(method, call.Instance?.Type).IsEmpty;
    }

    /// <summary>
    /// The method that takes the token: the called one with its optional parameter, or the overload; null where none fits.
    /// </summary>
    public IMethodSymbol? Find(IInvocationOperation call, TokenCandidate token)
    {
        if (GainsNothing(call) || ImplicitToken.Reaches(call, token, guard)) return null;
        foreach (var parameter in call.TargetMethod.Parameters)
        {
            if (guard.Tokens.TakesToken(parameter.Type)) return call.TargetMethod;
        }

        foreach (var overload in _overloads.Of(call.TargetMethod, call.Instance?.Type))
        {
            if (IsAccessible(overload, call) && !IsRecursion(overload, call)
                && (IsAwaited(call) || _overloads.ReturnsAlike(call.TargetMethod.ConstructedFrom, overload)))
                return overload;
        }

        return null;
    }

    private static bool IsOmitted(IInvocationOperation call, IParameterSymbol parameter)
    {
        foreach (var argument in call.Arguments)
        {
            if (SymbolEqualityComparer.Default.Equals(argument.Parameter, parameter))
                return argument.ArgumentKind == ArgumentKind.DefaultValue;
        }

        return false;
    }

    // Task.Run(…), var token = CreateToken(), CreateLinkedTokenSource(…), token.Register(…), semaphore.WaitAsync(0),
    // memoryStream.FlushAsync()
    private bool GainsNothing(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        return guard.Tokens.IsToken(method.ReturnType) || guard.Tokens.IsSource(method.ReturnType)
            || guard.Apis.Has(method, ApiTraits.NoToken | ApiTraits.Completes)
            || guard.Apis.TypeHas(method.ContainingType, ApiTraits.NoToken)
            || ZeroTimeout.IsGivenTo(call, guard) || InMemory.Serves(call, guard) || BufferedResponse.IsOfMemory(call, guard);
    }

    private bool IsAccessible(IMethodSymbol overload, IInvocationOperation call) =>
        call.SemanticModel?.GetEnclosingSymbol(call.Syntax.SpanStart)?.ContainingType is not { } within
        || guard.Compilation.IsSymbolAccessibleWithin(overload, within, overload.IsStatic || IsOnBase(call) ? null : call.Instance?.Type);

    // Task SaveAsync(CancellationToken token) => SaveAsync(); but not => _inner.SaveAsync() or => base.SaveAsync()
    private static bool IsRecursion(IMethodSymbol overload, IInvocationOperation call)
    {
        if (call.Instance is not (null or IInstanceReferenceOperation) || IsOnBase(call)) return false;
        for (var symbol = call.SemanticModel?.GetEnclosingSymbol(call.Syntax.SpanStart); symbol is IMethodSymbol method;
            symbol = method.ContainingSymbol)
        {
            for (var current = method; current is not null; current = current.OverriddenMethod)
            {
                if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, overload.OriginalDefinition)) return true;
            }
        }

        return false;
    }

    private static bool IsOnBase(IInvocationOperation call) =>
        call.Instance is IInstanceReferenceOperation { Syntax: BaseExpressionSyntax };

    // await call, await call.ConfigureAwait(false)
    private static bool IsAwaited(IInvocationOperation call) => Unwrapped.AwaitAround(call) is not null;
}
