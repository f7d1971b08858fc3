using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis;

/// <summary>
/// Finds the cancellation tokens that a place can name, the innermost function's first: locals, parameters, then what the containing type holds.
/// A lambda with a token of its own ends the search, and so does one that runs later than the call that receives it.
/// </summary>
internal sealed class TokenScope(GuardContext guard)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, ImmutableArray<TokenCandidate>> _ofType = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ITypeSymbol, string?> _tokenMembers = new(SymbolEqualityComparer.Default);

    public TokenCandidate? Best(IOperation place, ISymbol? member)
    {
        var found = In(place, member, firstOnly: true);
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>Every token in scope, best first.</summary>
    public IReadOnlyList<TokenCandidate> All(IOperation place, ISymbol? member) => In(place, member, firstOnly: false);

    private List<TokenCandidate> In(IOperation place, ISymbol? member, bool firstOnly)
    {
        var found = new List<TokenCandidate>();
        if (guard.Types.CancellationToken is null) return found;

        for (var parent = place.Parent; parent is not null; parent = parent.Parent)
        {
            if (firstOnly && found.Count > 0) return found;
            switch (parent)
            {
                case IBlockOperation block:
                    AddLocals(block.Locals, place, found);
                    break;

                case IUsingOperation use:
                    AddLocals(use.Locals, place, found);
                    break;

                case ILocalFunctionOperation local:
                    AddParameters(local.Symbol, found);
                    if (local.Symbol.IsStatic) return found;
                    break;

                case IAnonymousFunctionOperation lambda:
                    AddParameters(lambda.Symbol, found);
                    if (HasToken(lambda.Symbol) || lambda.Symbol.IsStatic) return found;
                    var (kind, call) = DelegateUse.Of(lambda, guard);
                    if (kind != DelegateUseKind.InPlace) return found;
                    parent = call!;
                    break;
            }
        }

        if (member is IMethodSymbol method)
        {
            AddParameters(method, found);
            if (!(firstOnly && found.Count > 0)) AddMembers(method, place, found);
        }

        return found;
    }

    private void AddLocals(ImmutableArray<ILocalSymbol> locals, IOperation place, List<TokenCandidate> found)
    {
        // The nearest declaration above the place comes first.
        for (var i = locals.Length - 1; i >= 0; i--)
        {
            var local = locals[i];
            if (!IsToken(local.Type) && !IsSource(local.Type)) continue;
            if (local.DeclaringSyntaxReferences.Length != 1) continue;
            var declaration = local.DeclaringSyntaxReferences[0].GetSyntax();
            if (declaration.Span.End > place.Syntax.SpanStart || declaration is VariableDeclaratorSyntax { Initializer: null }) continue;
            if (IsToken(local.Type)) found.Add(new TokenCandidate(Name(local), local));
            else if (IsLinked(declaration, place)) found.Add(new TokenCandidate(Name(local) + ".Token", local));
        }
    }

    // A source made here stands for the work at hand only where it is linked to a token that came in.
    private bool IsLinked(SyntaxNode declaration, IOperation place) =>
        declaration is VariableDeclaratorSyntax { Initializer.Value: InvocationExpressionSyntax linked }
        && place.SemanticModel is { } model && model.SyntaxTree == declaration.SyntaxTree
        && model.GetSymbolInfo(linked).Symbol is IMethodSymbol { IsStatic: true } method
        && IsSource(method.ContainingType)
        && !IsCancelledAround(declaration, ((VariableDeclaratorSyntax)declaration).Identifier.ValueText);

    private void AddParameters(IMethodSymbol function, List<TokenCandidate> found)
    {
        foreach (var parameter in function.Parameters)
        {
            if (IsToken(parameter.Type) && parameter.RefKind != RefKind.Out && !IsDiscard(parameter)) found.Add(new TokenCandidate(Name(parameter), parameter));
        }

        foreach (var parameter in function.Parameters)
        {
            if (!IsDiscard(parameter) && parameter.RefKind != RefKind.Out && TokenMemberOf(parameter.Type) is { } tokenMember)
                found.Add(new TokenCandidate(Name(parameter) + "." + tokenMember, parameter));
        }
    }

    private void AddMembers(IMethodSymbol method, IOperation place, List<TokenCandidate> found)
    {
        if (method.IsStatic || method.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor or MethodKind.Destructor || EndsLife(method.Name)) return;
        var candidates = _ofType.TryGetValue(method.ContainingType, out var known) ? known : _ofType.GetOrAdd(method.ContainingType, FindMembers);
        foreach (var candidate in candidates)
        {
            if (!IsCancelledAround(place.Syntax, candidate.Owner.Name)) found.Add(candidate);
        }
    }

    private ImmutableArray<TokenCandidate> FindMembers(INamedTypeSymbol type)
    {
        var found = ImmutableArray.CreateBuilder<TokenCandidate>();
        for (var current = type; current is not null && current.SpecialType != SpecialType.System_Object; current = current.BaseType)
        {
            var own = SymbolEqualityComparer.Default.Equals(current, type);
            foreach (var member in current.GetMembers())
            {
                if (member.IsStatic || !member.CanBeReferencedByName || (!own && member.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal)) continue;
                var memberType = member switch { IFieldSymbol field => field.Type, IPropertySymbol { IsIndexer: false, IsWriteOnly: false } property => property.Type, _ => null };
                if (memberType is null) continue;
                if (IsToken(memberType)) found.Add(new TokenCandidate(Name(member), member));
                else if (IsSource(memberType)) found.Add(new TokenCandidate(Name(member) + ".Token", member));
                else if (ContextTokenOf(memberType) is { } tokenMember) found.Add(new TokenCandidate(Name(member) + "." + tokenMember, member));
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The one token that a parameter's type carries: <c>HttpContext.RequestAborted</c>, <c>TaskGroup.CancellationToken</c>, <c>CancellationTokenSource.Token</c>.</summary>
    private string? TokenMemberOf(ITypeSymbol type)
    {
        if (type.SpecialType != SpecialType.None || type.TypeKind is not (TypeKind.Class or TypeKind.Interface or TypeKind.Struct) || IsToken(type)) return null;
        return _tokenMembers.TryGetValue(type, out var known) ? known : _tokenMembers.GetOrAdd(type, FindTokenMember(type));
    }

    private string? FindTokenMember(ITypeSymbol type)
    {
        if (ContextTokenOf(type) is { } known) return known;
        if (IsSource(type)) return "Token";

        string? only = null;
        foreach (var holder in TypeAndBases(type))
        {
            // What an exception or a registration carries is the token of something that is over.
            if (guard.Apis.TypeHas(holder, ApiTraits.NoToken)) return null;
            foreach (var member in holder.GetMembers())
            {
                if (member is not IPropertySymbol { IsStatic: false, DeclaredAccessibility: Accessibility.Public, GetMethod: not null, IsIndexer: false } property || !IsToken(property.Type)) continue;
                if (only is not null && only != property.Name) return null;
                only = property.Name;
            }
        }

        return only;
    }

    /// <summary>The token of a type that the catalog knows as the context of the work at hand.</summary>
    private string? ContextTokenOf(ITypeSymbol type)
    {
        if (type.SpecialType != SpecialType.None) return null;
        foreach (var holder in TypeAndBases(type))
        {
            if (guard.Apis.TypeEntry(holder, ApiTraits.CarriesToken) is { Answer: { } member }) return member;
        }

        return null;
    }

    private static IEnumerable<INamedTypeSymbol> TypeAndBases(ITypeSymbol type)
    {
        for (var current = type as INamedTypeSymbol; current is not null; current = current.BaseType) yield return current;
        foreach (var implemented in type.AllInterfaces) yield return implemented;
    }

    private bool HasToken(IMethodSymbol function)
    {
        foreach (var parameter in function.Parameters)
        {
            if (IsToken(parameter.Type)) return true;
        }

        return false;
    }

    public bool IsToken(ITypeSymbol? type) => type is { Name: "CancellationToken" } && SymbolEqualityComparer.Default.Equals(type, guard.Types.CancellationToken);

    private bool IsSource(ITypeSymbol? type) => type is { Name: "CancellationTokenSource" } && SymbolEqualityComparer.Default.Equals(type, guard.Types.CancellationTokenSource);

    private static bool IsDiscard(IParameterSymbol parameter) => parameter.IsDiscard || parameter.Name is "" or "_";

    // StopAsync() { _stopping.Cancel(); … }: what ends the object's life must not be cut short by its end.
    private static bool EndsLife(string method) =>
        Starts(method, "Dispose") || Starts(method, "Stop") || Starts(method, "Close") || Starts(method, "Shutdown") || Starts(method, "Cancel") || Starts(method, "Abort");

    private static bool Starts(string name, string prefix) => name.StartsWith(prefix, StringComparison.Ordinal);

    /// <summary>Whether the function around a node cancels, replaces or disposes the source of this name.</summary>
    private static bool IsCancelledAround(SyntaxNode node, string source)
    {
        var body = node.FirstAncestorOrSelf<SyntaxNode>(ancestor => ancestor is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax);
        foreach (var descendant in body!.DescendantNodes())
        {
            switch (descendant)
            {
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Cancel" or "CancelAsync" or "Dispose" } access when NameOf(access.Expression) == source:
                case ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Cancel" or "CancelAsync" or "Dispose" } } } conditional when NameOf(conditional.Expression) == source:
                case AssignmentExpressionSyntax assignment when NameOf(assignment.Left) == source:
                    return true;
            }
        }

        return false;
    }

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.Name.Identifier.ValueText,
        _ => null,
    };

    // @event stays @event
    private static string Name(ISymbol symbol) =>
        SyntaxFacts.GetKeywordKind(symbol.Name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(symbol.Name) == SyntaxKind.None ? symbol.Name : "@" + symbol.Name;
}
