using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Text;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Catalog;

/// <summary>Answers what is known of a symbol of one compilation. Looked up lazily, remembered per symbol, misses included.</summary>
internal sealed class ApiCatalog(ApiTable table)
{
    private static readonly List<ApiEntry> NoEntries = new();

    private readonly ConcurrentDictionary<ISymbol, List<ApiEntry>> _ofType = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, ApiEntry?> _ofMember = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, ApiTraits> _ofTypeChain = new(SymbolEqualityComparer.Default);

    /// <summary>Whether the project says <c>none</c> of some member.</summary>
    public bool SilencesAny => table.SilencesAny;

    /// <summary>Whether any member or type of this name has the trait: the cheap test before a symbol is known.</summary>
    public bool MayHave(string name, ApiTraits trait) => table.TraitsOfName(name).HasAny(trait);

    /// <summary>
    /// The types one of which source that means an API of this name with the trait reaches by their names: those of static APIs, and those
    /// that are always named. Null where the name alone may mean one, empty where no such API is referenced.
    /// </summary>
    public IReadOnlyCollection<string>? TypesMeant(string name, ApiTraits trait, KnownTypes types)
    {
        var meant = new HashSet<string>();
        var isListed = false;
        foreach (var entry in table.EntriesOfName(name))
        {
            if (!entry.Has(trait)) continue;
            isListed = true;
            if (types.Documented(entry.Type) is not { } type) continue;
            if (NamesOf(type, entry.Member) is not { } names) return null;
            meant.UnionWith(names);
        }

        // M:Plot.Save*: a name that begins so means one only where the type has such a member.
        foreach (var entry in table.EntriesByStartOf(name))
        {
            if (!entry.Has(trait)) continue;
            isListed = true;
            if (types.Documented(entry.Type) is not { } type || type.GetMembers(name).IsEmpty) continue;
            if (NamesOf(type, name) is not { } names) return null;
            meant.UnionWith(names);
        }

        return isListed ? meant : null;
    }

    /// <summary>The names of the types whose constructors have the trait, which <c>new(…)</c> does not mention.</summary>
    public IEnumerable<string> TypesMadeWith(ApiTraits trait, KnownTypes types)
    {
        foreach (var entry in table.EntriesOfName(WellKnownMemberNames.InstanceConstructorName))
        {
            if (entry.Has(trait) && types.Documented(entry.Type) is { } type) yield return type.Name;
        }
    }

    // File.Copy; cache.GetString(key), where the cache is named
    private string[]? NamesOf(INamedTypeSymbol type, string name)
    {
        foreach (var member in type.GetMembers(name))
        {
            if (member is IMethodSymbol { IsExtensionMethod: true } method)
                return method.Parameters[0].Type is INamedTypeSymbol extended ? NamesOf(extended) : null;
            if (member.IsStatic) return [type.Name];
        }

        return NamesOf(type);
    }

    // T:Socket; named; Socket TcpClient
    private string[]? NamesOf(INamedTypeSymbol type) =>
        TypeEntry(type, ApiTraits.Named) is { } entry ? entry.Answer?.Split(' ') ?? [type.Name] : null;

    /// <summary>Whether the member has the trait: by its own entry, by that of a member it overrides, or by its type's entry.</summary>
    public bool Has(ISymbol member, ApiTraits trait) => Find(member, trait, out _);

    public bool Find(ISymbol member, ApiTraits trait, out ApiEntry entry)
    {
        entry = null!;
        if (!table.TraitsOfName(member.Name).HasAny(trait)) return false;
        if (EntryOf(member) is not { } found || !found.Has(trait)) return false;
        entry = found;
        return true;
    }

    /// <summary>The most specific entry of the member itself or of what it overrides, or null.</summary>
    public ApiEntry? EntryOf(ISymbol member)
    {
        if (table.TraitsOfName(member.Name).IsNone) return null;
        var definition = member.OriginalDefinition;
        return _ofMember.TryGetValue(definition, out var known) ? known : _ofMember.GetOrAdd(definition, LookUp(definition));
    }

    /// <summary>Whether the type, a base type or an interface of it is listed with the trait.</summary>
    public bool TypeHas(ITypeSymbol? type, ApiTraits trait)
    {
        if (type is not INamedTypeSymbol named) return false;
        var definition = named.OriginalDefinition;
        if (!_ofTypeChain.TryGetValue(definition, out var traits)) traits = _ofTypeChain.GetOrAdd(definition, TraitsOfChain(definition));
        return traits.HasAny(trait);
    }

    /// <summary>The type's own entry with the trait, without regard to base types.</summary>
    public ApiEntry? TypeEntry(INamedTypeSymbol? type, ApiTraits trait)
    {
        if (type is null) return null;
        foreach (var entry in EntriesOf(type.OriginalDefinition))
        {
            if (entry.IsType && entry.Has(trait)) return entry;
        }

        return null;
    }

    /// <summary>All of the type's own entries with the trait.</summary>
    public IEnumerable<ApiEntry> TypeEntries(INamedTypeSymbol type, ApiTraits trait)
    {
        foreach (var entry in EntriesOf(type.OriginalDefinition))
        {
            if (entry.IsType && entry.Has(trait)) yield return entry;
        }
    }

    /// <summary>The entry of a member of the type itself that has the trait and the answer.</summary>
    public ApiEntry? EntryAnswering(INamedTypeSymbol type, ApiTraits trait, string answer)
    {
        foreach (var entry in EntriesOf(type.OriginalDefinition))
        {
            if (entry.Has(trait) && entry.Answer == answer) return entry;
        }

        return null;
    }

    /// <summary>Whether the project says <c>none</c> of the member: no rule is to report it.</summary>
    public bool IsSilenced(ISymbol? member) =>
        table.SilencesAny && member is (IMethodSymbol or IPropertySymbol or IFieldSymbol)
        && LookUp(((member as IMethodSymbol)?.ReducedFrom ?? member).OriginalDefinition) is { Traits.IsNone: true };

    private ApiEntry? LookUp(ISymbol member)
    {
        var hides = false;
        for (ISymbol? current = member; current is not null;)
        {
            // What is hidden says whether it blocks; an awaitable member that hides another has a body of its own.
            if (DeclaringType.Of(current) is { } type && MostSpecific(EntriesOf(type.OriginalDefinition), current) is { } entry)
                return hides && !entry.Has(ApiTraits.Blocks) ? null : entry;
            if (Overridden(current) is { } overridden)
            {
                current = overridden;
                continue;
            }

            hides = true;
            current = Hidden(current);
        }

        return null;
    }

    private static ApiEntry? MostSpecific(List<ApiEntry> entries, ISymbol member)
    {
        ApiEntry? best = null;
        var bestRank = 0;
        string? parameters = null;
        foreach (var entry in entries)
        {
            var rank = FitOf(entry, member) is var fit and > 0
                && (entry.Parameters is null || entry.Parameters == (parameters ??= ParametersOf(member)))
                ? fit + (entry.Parameters is null ? 0 : 4)
                : 0;
            if (rank > bestRank) (best, bestRank) = (entry, rank);
        }

        return best;
    }

    /// <summary>Whether the entry describes members of this kind and name, whatever their parameters.</summary>
    public static bool IsNamedBy(ApiEntry entry, ISymbol member) => FitOf(entry, member) > 0;

    /// <summary>The parameter list as a documentation id writes it.</summary>
    public static string ParametersOf(ISymbol member)
    {
        var id = member.GetDocumentationCommentId() ?? "";
        var open = id.IndexOf('(');
        var close = id.LastIndexOf(')');
        return open < 0 || close < open ? "" : id.Substring(open + 1, close - open - 1);
    }

    private static int FitOf(ApiEntry entry, ISymbol member) =>
        entry.IsType || entry.Kind != KindOf(member) ? 0 : NameFits(entry.Member, member);

    // 2 = the name itself, 1 = a prefix of it, 0 = another name
    private static int NameFits(string pattern, ISymbol member)
    {
        var name = member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? "#ctor" : member.Name;
        var length = pattern.Length - 1;
        if (pattern[length] != '*') return pattern == name ? 2 : 0;
        return name.Length >= length && string.CompareOrdinal(pattern, 0, name, 0, length) == 0 ? 1 : 0;
    }

    private static char KindOf(ISymbol member) => member.Kind switch
    {
        SymbolKind.Property => 'P',
        SymbolKind.Field => 'F',
        SymbolKind.Method => 'M',
        _ => '?',
    };

    private static ISymbol? Overridden(ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod?.OriginalDefinition,
        IPropertySymbol property => property.OverriddenProperty?.OriginalDefinition,
        _ => null,
    };

    // new SqlDataReader ExecuteReader(), which does what the base's ExecuteReader does; a member of ours says itself what it does
    private static ISymbol? Hidden(ISymbol member)
    {
        if (member is not IMethodSymbol
            {
                MethodKind: MethodKind.Ordinary, IsStatic: false,
                DeclaringSyntaxReferences.IsEmpty: true
            } method)
            return null;
        for (var type = method.ContainingType?.BaseType; type is { SpecialType: not SpecialType.System_Object }; type = type.BaseType)
        {
            foreach (var candidate in type.OriginalDefinition.GetMembers(method.Name))
            {
                if (candidate is IMethodSymbol { IsStatic: false } hidden && hidden.Arity == method.Arity
                    && ParametersOf(hidden) == ParametersOf(method))
                    return hidden;
            }
        }

        return null;
    }

    private ApiTraits TraitsOfChain(INamedTypeSymbol type)
    {
        var traits = ApiTraits.None;
        for (var current = type; current is not null; current = current.BaseType?.OriginalDefinition) traits |= TraitsOfEntries(current);
        foreach (var implemented in type.AllInterfaces) traits |= TraitsOfEntries(implemented.OriginalDefinition);
        return traits;
    }

    private ApiTraits TraitsOfEntries(INamedTypeSymbol type)
    {
        var traits = ApiTraits.None;
        foreach (var entry in EntriesOf(type))
        {
            if (entry.IsType) traits |= entry.Traits;
        }

        return traits;
    }

    private List<ApiEntry> EntriesOf(INamedTypeSymbol definition) =>
        _ofType.TryGetValue(definition, out var known) ? known
        : _ofType.GetOrAdd(definition, table.TryGetType(DocumentationName(definition), out var entries) ? entries : NoEntries);

    /// <summary>The type's name as a documentation id writes it, without its prefix.</summary>
    private static string DocumentationName(INamedTypeSymbol type)
    {
        var name = new StringBuilder();
        Append(name, type);
        return name.ToString();

        static void Append(StringBuilder name, INamespaceOrTypeSymbol symbol)
        {
            var outer = (INamespaceOrTypeSymbol?)symbol.ContainingType ?? symbol.ContainingNamespace;
            if (outer is INamedTypeSymbol or INamespaceSymbol { IsGlobalNamespace: false })
            {
                Append(name, outer);
                name.Append('.');
            }

            name.Append(symbol.MetadataName);
        }
    }
}
