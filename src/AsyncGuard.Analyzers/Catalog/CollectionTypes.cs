using Microsoft.CodeAnalysis;

namespace AsyncGuard.Catalog;

/// <summary>The collections of the framework, by their namespaces.</summary>
internal static class CollectionTypes
{
    /// <summary>Whether the type is in a namespace of collections, or right below one.</summary>
    public static bool IsIn(INamedTypeSymbol type) =>
        type.ContainingNamespace is { Name: "Collections" } or { ContainingNamespace.Name: "Collections" };

    /// <summary>
    /// Whether the member belongs to one: <c>List&lt;T&gt;.Add</c>, <c>ImmutableArray.Create</c>,
    /// <c>KeyValuePair&lt;TKey, TValue&gt;.Value</c>.
    /// </summary>
    public static bool Have(ISymbol member) => member.ContainingNamespace is
    {
        Name: "Generic" or "Immutable" or "Frozen" or "Concurrent",
        ContainingNamespace:
        {
            Name: "Collections",
            ContainingNamespace: { Name: nameof(System), ContainingNamespace.IsGlobalNamespace: true }
        },
    };
}
