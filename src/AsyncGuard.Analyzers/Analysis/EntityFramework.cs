using System;
using System.Linq;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis;

/// <summary>
/// What Entity Framework Core does in this compilation. With SQLite as the only provider, <c>await db.SaveChangesAsync()</c> holds the
/// thread as <c>SaveChanges</c> does.
/// </summary>
internal sealed class EntityFramework(GuardContext guard)
{
    private static readonly Engine<EntityFramework> Engine = new(static guard => new EntityFramework(guard));

    /// <summary>Whether each provider that the project references runs inside the process.</summary>
    public bool IsInPlace { get; } = EntityFrameworkProviders.OnlyRunInPlace(
        guard.Compilation.ReferencedAssemblyNames.Select(static assembly => assembly.Name));

    public static EntityFramework Of(GuardContext guard) => Engine.Of(guard);

    /// <summary>Whether it is a member of the library, which has nothing to wait for here: <c>db.SaveChanges()</c>.</summary>
    public bool RunsInPlace(ISymbol member)
    {
        if (!IsInPlace) return false;
        while (member is IMethodSymbol { OverriddenMethod: { } overridden }) member = overridden;
        return IsOfLibrary(member);
    }

    /// <summary>The same of a type of the library, or one that is derived from it: <c>class ShopDb : DbContext</c>.</summary>
    public bool RunsInPlace(ITypeSymbol type)
    {
        if (!IsInPlace) return false;
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (IsOfLibrary(current)) return true;
        }

        return false;
    }

    private static bool IsOfLibrary(ISymbol symbol) =>
        symbol.ContainingAssembly is { Name: var name } && name.StartsWith(EntityFrameworkProviders.Library, StringComparison.Ordinal)
        && (name.Length == EntityFrameworkProviders.Library.Length || name[EntityFrameworkProviders.Library.Length] == '.');
}
