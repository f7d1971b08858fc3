using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Tokens;

/// <summary>
/// Which objects carry the token of the work at hand: what the catalog lists, and what says so by a <c>CancellationToken</c> property.
/// </summary>
internal sealed class TokenCarriers(GuardContext guard)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, ImmutableArray<TokenCandidate>> _heldBy = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<SyntaxNode>> _usersOf = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ITypeSymbol, string?> _tokenOf = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// The token that a parameter carries: <c>RequestAborted</c> of an <c>HttpContext</c>, <c>Token</c> of a
    /// <c>CancellationTokenSource</c>; null where it carries none.
    /// </summary>
    public string? TokenOf(IParameterSymbol parameter)
    {
        var type = parameter.Type;
        if (type.SpecialType != SpecialType.None || type.TypeKind is not (TypeKind.Class or TypeKind.Interface or TypeKind.Struct))
            return null;
        if (parameter.NullableAnnotation == NullableAnnotation.Annotated && type.IsReferenceType) return null;
        return _tokenOf.TryGetValue(type, out var known) ? known : _tokenOf.GetOrAdd(type, FindToken(type));
    }

    /// <summary>What an object of the type holds for its own methods, best first: tokens, contexts, sources.</summary>
    public ImmutableArray<TokenCandidate> HeldBy(INamedTypeSymbol type) =>
        _heldBy.TryGetValue(type, out var known) ? known : _heldBy.GetOrAdd(type, FindHeld(type));

    /// <summary>
    /// Whether other methods than this one use the token: it was made for what they do. A source with a time limit whose token no method
    /// uses is a clock.
    /// </summary>
    public bool IsForOthers(TokenCandidate held, IMethodSymbol method)
    {
        if (held.Owner is not (IFieldSymbol or IPropertySymbol) || !HasDeclaration(held.Owner)) return false;
        var users = UsersOf(held.Owner, held.IsSource);

        // CancellationToken Closing => _closing.Token; is used where its source is
        var source = held.IsSource ? held.Owner : TokenSources.SourceShownBy(held.Owner, guard);
        if (source is not null && !held.IsSource) users = users.AddRange(UsersOf(source, isSource: true));
        return users.IsEmpty ? source is not null && TokenSources.IsTimer(source) : !TokenUsers.Hold(users, method);
    }

    /// <summary>Whether the token is that of a source which the object holds, so that it stands for all that the object does.</summary>
    public bool IsOfObject(TokenCandidate held) => held.IsSource || TokenSources.SourceShownBy(held.Owner, guard) is not null;

    private ImmutableArray<SyntaxNode> UsersOf(ISymbol holder, bool isSource) =>
        _usersOf.TryGetValue(holder, out var known) ? known : _usersOf.GetOrAdd(holder, TokenUsers.Of(holder, isSource));

    private static bool HasDeclaration(ISymbol member) => !member.DeclaringSyntaxReferences.IsEmpty;

    private string? FindToken(ITypeSymbol type)
    {
        if (guard.Tokens.IsToken(type)) return null;
        if (ContextTokenOf(type) is { } known) return known;
        if (guard.Tokens.IsSource(type)) return "Token";

        // CancellationToken? token
        if (guard.Tokens.TakesToken(type)) return "GetValueOrDefault()";
        return guard.Apis.TypeHas(type, ApiTraits.NoToken) ? null : FindProperty(type);
    }

    // The one public token of a request, a command, an event's arguments; any other name stands for the life of the object that has it.
    private string? FindProperty(ITypeSymbol type)
    {
        string? only = null;
        foreach (var holder in TypeAndBases(type))
        {
            foreach (var member in holder.GetMembers())
            {
                if (member is not IPropertySymbol
                    {
                        IsStatic: false, DeclaredAccessibility: Accessibility.Public, GetMethod: not null,
                        IsIndexer: false
                    } property || !guard.Tokens.IsToken(property.Type))
                    continue;
                if (only is not null && only != property.Name) return null;
                only = property.Name;
            }
        }

        return only is not null && (ConventionalNames.IsTokenOfObject(only) || ConventionalNames.IsContext(type.Name)) ? only : null;
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

    private ImmutableArray<TokenCandidate> FindHeld(INamedTypeSymbol type)
    {
        // The token of an exception belongs to what is over.
        if (guard.Apis.TypeHas(type, ApiTraits.NoToken)) return ImmutableArray<TokenCandidate>.Empty;

        var tokens = new List<TokenCandidate>();
        var contexts = new List<TokenCandidate>();
        var sources = new List<TokenCandidate>();
        var names = new HashSet<string>();
        for (var current = type; current is not null && current.SpecialType != SpecialType.System_Object; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (TypeOf(member) is not { SpecialType: SpecialType.None } held
                    || !guard.Compilation.IsSymbolAccessibleWithin(member, type) || !names.Add(member.Name))
                    continue;
                AddHeld(member, held, tokens, contexts, sources);
            }
        }

        if (tokens.Count + contexts.Count + sources.Count == 0)
        {
            foreach (var parameter in PrimaryParametersOf(type)) AddHeld(parameter, parameter.Type, tokens, contexts, sources);
        }

        return ImmutableArray.CreateRange(tokens).AddRange(contexts).AddRange(sources);
    }

    private void AddHeld(ISymbol member, ITypeSymbol type, List<TokenCandidate> tokens, List<TokenCandidate> contexts,
        List<TokenCandidate> sources)
    {
        if (guard.Tokens.IsToken(type))
        {
            if (!IsConstant(member) && !IsOfOneOperation(member) && !(HasDeclaration(member) && TokenSources.IsReplaced(member)))
                tokens.Add(new TokenCandidate(member));
        }
        else if (type.NullableAnnotation == NullableAnnotation.Annotated)
        {
            // It may be null where it is needed.
        }
        else if (guard.Tokens.IsSource(type))
        {
            if (member is IParameterSymbol || !TokenSources.IsReplaced(member))
                sources.Add(new TokenCandidate(member, "Token", isSource: true));
        }
        else if (ContextTokenOf(type) is { } tokenMember)
        {
            contexts.Add(new TokenCandidate(member, tokenMember));
        }
    }

    private static ITypeSymbol? TypeOf(ISymbol member) => member switch
    {
        { IsStatic: true } or { CanBeReferencedByName: false } => null,
        IFieldSymbol field => field.Type,
        IPropertySymbol { IsIndexer: false, IsWriteOnly: false } property => property.Type,
        _ => null,
    };

    // internal CancellationToken UserToken { get; set; } is the token of whatever operation others have set it for last
    private static bool IsOfOneOperation(ISymbol member) =>
        member is IPropertySymbol
        {
            SetMethod:
            {
                IsInitOnly: false,
                DeclaredAccessibility: Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal
            }
        };

    // readonly CancellationToken _never = CancellationToken.None;
    private static bool IsConstant(ISymbol member) =>
        !member.DeclaringSyntaxReferences.IsEmpty
        && member.DeclaringSyntaxReferences[0].GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value }
        && member is IFieldSymbol { IsReadOnly: true }
        && TokenSources.IsConstant(value);

    // class Worker(CancellationToken token) { … }, but not a record, whose parameters are properties
    private static ImmutableArray<IParameterSymbol> PrimaryParametersOf(INamedTypeSymbol type)
    {
        if (type.IsRecord) return ImmutableArray<IParameterSymbol>.Empty;
        foreach (var constructor in type.InstanceConstructors)
        {
            if (!constructor.DeclaringSyntaxReferences.IsEmpty && constructor.Parameters.Length > 0
                && constructor.DeclaringSyntaxReferences[0].GetSyntax() is TypeDeclarationSyntax)
                return constructor.Parameters;
        }

        return ImmutableArray<IParameterSymbol>.Empty;
    }

    private static IEnumerable<INamedTypeSymbol> TypeAndBases(ITypeSymbol type)
    {
        for (var current = type as INamedTypeSymbol; current is not null; current = current.BaseType) yield return current;
        foreach (var implemented in type.AllInterfaces) yield return implemented;
    }
}
