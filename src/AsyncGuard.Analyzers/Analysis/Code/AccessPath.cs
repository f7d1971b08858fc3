using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Code;

/// <summary>
/// A name that holds a value: a local, a parameter, a field or property, or a chain of them such as <c>job.Work.Task</c>.
/// </summary>
internal sealed class AccessPath : IEquatable<AccessPath>
{
    private readonly ImmutableArray<ISymbol> _symbols;

    private AccessPath(ImmutableArray<ISymbol> symbols) => _symbols = symbols;

    public ISymbol Root => _symbols[0];

    public ITypeSymbol? Type => _symbols[_symbols.Length - 1] switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol variable => variable.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    public static AccessPath Of(ISymbol symbol) => new(ImmutableArray.Create(symbol));

    /// <summary>The path that an expression reads, or null where it computes something.</summary>
    public static AccessPath? Of(IOperation? operation)
    {
        switch (operation)
        {
            case IConversionOperation conversion:
                return Of(conversion.Operand);
            case IParenthesizedOperation parenthesized:
                return Of(parenthesized.Operand);
            case ILocalReferenceOperation local:
                return Of(local.Local);
            case IParameterReferenceOperation parameter:
                return Of(parameter.Parameter);
            case IFieldReferenceOperation field:
                return Append(field.Instance, field.Field);
            case IPropertyReferenceOperation { Arguments.Length: 0 } property:
                return Append(property.Instance, property.Property);
            default:
                return null;
        }
    }

    /// <summary>Whether this path is the other one or reaches through it.</summary>
    public bool StartsWith(AccessPath prefix)
    {
        if (prefix._symbols.Length > _symbols.Length) return false;
        for (var i = 0; i < prefix._symbols.Length; i++)
        {
            if (!SymbolEqualityComparer.Default.Equals(_symbols[i], prefix._symbols[i])) return false;
        }

        return true;
    }

    public bool Equals(AccessPath? other) => other is not null && other._symbols.Length == _symbols.Length && StartsWith(other);

    public override bool Equals(object? obj) => Equals(obj as AccessPath);

    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(_symbols[_symbols.Length - 1]) * 31 + _symbols.Length;

    private static AccessPath? Append(IOperation? instance, ISymbol member)
    {
        if (instance is null or IInstanceReferenceOperation) return Of(member);
        return Of(instance) is { } owner ? new AccessPath(owner._symbols.Add(member)) : null;
    }
}
