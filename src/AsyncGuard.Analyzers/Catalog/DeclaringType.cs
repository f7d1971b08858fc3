using Microsoft.CodeAnalysis;

namespace AsyncGuard.Catalog;

/// <summary>The type by whose name a member is known.</summary>
internal static class DeclaringType
{
    /// <summary>
    /// The containing type. <c>extension(IArchive archive) { void WriteToDirectory(string path); }</c>: the block is a nameless type, the
    /// static class around it has the name.
    /// </summary>
    public static INamedTypeSymbol? Of(ISymbol member)
    {
        var type = member.ContainingType;
        return type is { ContainingType: { } outer } && (type.Name.Length == 0 || type.Name[0] == '<') ? outer : type;
    }
}
