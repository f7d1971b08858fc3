using System.Collections.Generic;
using System.Collections.Immutable;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tokens;

/// <summary>
/// Finds the cancellation tokens that a place can name, the innermost function's first: locals, parameters, then what the containing type
/// holds.
/// A function with a token of its own ends the search, and so does a lambda that runs later than the call that receives it.
/// </summary>
internal sealed class TokenScope(GuardContext guard)
{
    private static readonly Engine<TokenScope> Engine = new(static guard => new TokenScope(guard));

    private readonly TokenCarriers _carriers = new(guard);

    public static TokenScope Of(GuardContext guard) => Engine.Of(guard);

    public TokenCandidate? Best(IOperation place, ISymbol? member)
    {
        var search = new TokenSearch(place, guard, all: null);
        Walk(ref search, member);
        return search.Best;
    }

    /// <summary>Every token in scope, best first.</summary>
    public IReadOnlyList<TokenCandidate> All(IOperation place, ISymbol? member)
    {
        var all = new List<TokenCandidate>();
        var search = new TokenSearch(place, guard, all);
        Walk(ref search, member);
        return all;
    }

    private void Walk(ref TokenSearch search, ISymbol? member)
    {
        if (guard.Types.CancellationToken is null) return;

        for (var parent = search.Place.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case IBlockOperation block:
                    AddLocals(block.Locals, ref search);
                    break;

                case ISwitchOperation choice:
                    AddLocals(choice.Locals, ref search);
                    break;

                case IUsingOperation use:
                    AddLocals(use.Locals, ref search);
                    break;

                case ILocalFunctionOperation local:
                    AddParameters(local.Symbol, ref search);
                    if (search.IsOver || local.Symbol.IsStatic || HasToken(local.Symbol)) return;
                    search.HasLeftFunction = true;
                    break;

                case IAnonymousFunctionOperation lambda:
                    var call = DelegateUse.Of(lambda, guard).Call;
                    if (HandlesCancellation(call)) return;
                    AddParameters(lambda.Symbol, ref search);
                    if (search.IsOver || !RunsInside(call) || lambda.Symbol.IsStatic || HasToken(lambda.Symbol)) return;
                    search.HasLeftFunction = true;
                    parent = call!;
                    break;
            }

            if (search.IsOver) return;
        }

        if (member is not IMethodSymbol method) return;
        AddParameters(method, ref search);
        if (!search.IsOver && !DiscardsToken(method)) AddMembers(method, ref search);
    }

    private void AddLocals(ImmutableArray<ILocalSymbol> locals, ref TokenSearch search)
    {
        // The nearest declaration above the place comes first.
        for (var i = locals.Length - 1; i >= 0 && !search.IsOver; i--)
        {
            var local = locals[i];
            var isToken = guard.Tokens.IsToken(local.Type);
            if (!isToken && !guard.Tokens.IsSource(local.Type)) continue;
            if (DeclarationAbove(local, search.Place) is not { Initializer.Value: var value } declaration) continue;

            if (isToken && TokenSources.IsAlive(value, search.Place)) search.Add(local);
            else if (!isToken && TokenSources.IsLinked(declaration, search.Place, guard)) search.Add(local, "Token");
        }
    }

    /// <summary>Where a local is declared with a value, in a statement that has run before the place is reached.</summary>
    private static VariableDeclaratorSyntax? DeclarationAbove(ILocalSymbol local, IOperation place)
    {
        if (local.DeclaringSyntaxReferences.Length != 1) return null;
        if (local.DeclaringSyntaxReferences[0].GetSyntax() is not VariableDeclaratorSyntax
            {
                Initializer: not null,
                Parent.Parent: { } statement
            } declaration)
            return null;
        if (declaration.Span.End > place.Syntax.SpanStart) return null;

        // A section of a switch sees the locals of the others, unassigned.
        return statement.Parent is SwitchSectionSyntax section && !section.Span.Contains(place.Syntax.Span) ? null : declaration;
    }

    private void AddParameters(IMethodSymbol function, ref TokenSearch search)
    {
        foreach (var parameter in function.Parameters)
        {
            if (search.IsOver) return;
            if (guard.Tokens.IsToken(parameter.Type) && CanBeRead(parameter, search)) search.Add(parameter);
        }

        foreach (var parameter in function.Parameters)
        {
            if (search.IsOver) return;
            if (_carriers.TokenOf(parameter) is not { } tokenMember || !CanBeRead(parameter, search)) continue;
            if (!guard.Tokens.IsSource(parameter.Type) || !TokenSources.IsCancelledAround(search.Place.Syntax, parameter.Name))
                search.Add(parameter, tokenMember);
        }
    }

    // ref, in and out parameters cannot be captured
    private static bool CanBeRead(IParameterSymbol parameter, in TokenSearch search) =>
        !IsDiscard(parameter) && parameter.RefKind != RefKind.Out && (parameter.RefKind == RefKind.None || !search.HasLeftFunction);

    private void AddMembers(IMethodSymbol method, ref TokenSearch search)
    {
        if (CleanupNames.EndsLife(method.Name) || CleanupNames.FollowsEnd(method.Name)) return;
        if (method.IsStatic) AddStaticSources(method.ContainingType, ref search);
        if (method.IsStatic || method.MethodKind is MethodKind.Constructor or MethodKind.Destructor) return;

        // this of a struct cannot be captured
        if (search.HasLeftFunction && method.ContainingType.IsValueType) return;
        foreach (var held in _carriers.HeldBy(method.ContainingType))
        {
            if (search.IsOver) return;
            if (held.IsSource && TokenSources.IsCancelledAround(search.Place.Syntax, held.Owner.Name)) continue;
            if (CleanupNames.StartsObject(method.Name) && _carriers.IsOfObject(held)) continue;
            if (!_carriers.IsForOthers(held, method)) search.Add(held);
        }
    }

    // static readonly CancellationTokenSource Closing = new();
    private void AddStaticSources(INamedTypeSymbol type, ref TokenSearch search)
    {
        foreach (var member in type.GetMembers())
        {
            if (search.IsOver) return;
            if (member is IFieldSymbol { IsStatic: true, IsReadOnly: true } field && guard.Tokens.IsSource(field.Type)
                && !TokenSources.IsCancelledAround(search.Place.Syntax, field.Name))
                search.Add(new TokenCandidate(field, "Token", isSource: true));
        }
    }

    private bool HasToken(IMethodSymbol function)
    {
        foreach (var parameter in function.Parameters)
        {
            if (guard.Tokens.IsToken(parameter.Type)) return true;
        }

        return false;
    }

    // Task RunAsync(CancellationToken _)
    private bool DiscardsToken(IMethodSymbol function)
    {
        foreach (var parameter in function.Parameters)
        {
            if (guard.Tokens.IsToken(parameter.Type) && IsDiscard(parameter)) return true;
        }

        return false;
    }

    // items.Select(item => …), Parallel.ForEach(items, item => …)
    private bool RunsInside(IOperation? call) =>
        call is IInvocationOperation { TargetMethod: { } method } && DelegateUse.RunsInside(method, guard);

    // token.Register((state, token) => …): the token has been cancelled by then
    private bool HandlesCancellation(IOperation? call) =>
        call is IInvocationOperation { TargetMethod.ContainingType: { } type } && guard.Tokens.IsToken(type);

    private static bool IsDiscard(IParameterSymbol parameter) => parameter.IsDiscard || parameter.Name is "" or "_";
}
