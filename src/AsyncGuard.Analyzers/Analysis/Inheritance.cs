using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis;

/// <summary>What types inherit.</summary>
internal static class Inheritance
{
    /// <summary>Whether the type is the contract or implements it.</summary>
    public static bool Implements(this ITypeSymbol type, INamedTypeSymbol? contract) =>
        contract is not null && (SymbolEqualityComparer.Default.Equals(type, contract) || type.AllInterfaces.ContainsSymbol(contract));

    /// <summary>Whether the type, a base class or an interface of it has a member with the name.</summary>
    public static bool HasMember(this ITypeSymbol type, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (!current.GetMembers(name).IsEmpty) return true;
        }

        foreach (var contract in type.AllInterfaces)
        {
            if (!contract.GetMembers(name).IsEmpty) return true;
        }

        return false;
    }
}
