using Microsoft.CodeAnalysis;

namespace AsyncGuard.Catalog;

/// <summary>Namespaces of the framework.</summary>
internal static class FrameworkNamespaces
{
    /// <summary>Whether the type is in <c>System</c> itself.</summary>
    public static bool IsSystem(ITypeSymbol? type) =>
        type?.ContainingNamespace is { Name: nameof(System), ContainingNamespace.IsGlobalNamespace: true };

    /// <summary>Whether the namespace is right below <c>System</c>.</summary>
    public static bool IsBelowSystem(INamespaceSymbol space) =>
        space.ContainingNamespace is { IsGlobalNamespace: false, Name: nameof(System) };

    /// <summary>Whether what is in the namespace of this name, right below <c>System</c>, waits for nothing else.</summary>
    public static bool IsQuiet(string name) =>
        name is "Collections" or "Text" or "IO" or "Linq" or "Globalization" or "Diagnostics" or "Numerics" or "Security" or "Xml"
        or "Reflection";

    /// <summary>Whether the name is that of a namespace which a list of imports puts first.</summary>
    public static bool ComesFirst(string name) => name == nameof(System) || name.StartsWith("System.", System.StringComparison.Ordinal);

    /// <summary>Whether the type is in a namespace for streams, readers and writers.</summary>
    public static bool IsInputOutput(ITypeSymbol? type) => type?.ContainingNamespace is { Name: "IO" };
}
