using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Blocking.Twins;

/// <summary>
/// An awaitable member that a class inherits from a base whose implementation runs the synchronous one inside the call: awaiting it gives
/// nothing back.
/// Whether a class overrides it is in its metadata. An abstract type says nothing of its implementation.
/// </summary>
internal static class InheritedCounterpart
{
    /// <summary><c>transaction.CommitAsync()</c>, where the class of the transaction only overrides <c>Commit</c>.</summary>
    public static bool RunsInPlace(ITypeSymbol? receiver, string name, GuardContext guard)
    {
        if (receiver is not INamedTypeSymbol { TypeKind: TypeKind.Class, IsAbstract: false } provider
            || !guard.Apis.MayHave(name, ApiTraits.RunsInPlace))
            return false;

        for (INamedTypeSymbol? current = provider; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(name))
            {
                if (member.IsOverride || !guard.Apis.Find(member, ApiTraits.RunsInPlace, out var entry)) return false;
                return !(entry.Answer is { } hook && IsOverridden(hook, provider, current));
            }
        }

        return false;
    }

    // ExecuteReaderAsync is not virtual: it calls ExecuteDbDataReaderAsync, which is.
    private static bool IsOverridden(string hook, INamedTypeSymbol provider, INamedTypeSymbol declaring)
    {
        for (INamedTypeSymbol? current = provider; current is not null && !SymbolEqualityComparer.Default.Equals(current, declaring);
            current = current.BaseType)
        {
            if (!current.GetMembers(hook).IsEmpty) return true;
        }

        return false;
    }
}
