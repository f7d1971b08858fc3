using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Awaitables;

/// <summary>
/// Code of a user interface, which continues on its one thread after an await: controls, pages, components, and models that tell a view of
/// their changes.
/// </summary>
internal static class UserInterface
{
    /// <summary>Whether the type is, or may be, of a user interface: a base that is not known may be.</summary>
    public static bool MayHold(INamedTypeSymbol? type, GuardContext guard)
    {
        for (; type is not null; type = type.ContainingType)
        {
            if (guard.Apis.TypeHas(type, ApiTraits.UserInterface)) return true;
            for (INamedTypeSymbol? current = type; current?.SpecialType == SpecialType.None; current = current.BaseType)
            {
                if (current.TypeKind == TypeKind.Error) return true;
            }
        }

        return false;
    }
}
