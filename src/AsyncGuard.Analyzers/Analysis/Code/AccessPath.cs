using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Code;

/// <summary>
/// A name that holds a value: a local, a parameter, a field or property, or a chain of them such as <c>job.Work.Task</c>; where elements
/// are asked for, also <c>tasks[0]</c> and <c>jobs[i].Work</c>.
/// </summary>
internal sealed class AccessPath : IEquatable<AccessPath>
{
    // Symbols, and the keys of elements; or one intermediate value.
    private readonly ImmutableArray<object> _parts;

    private AccessPath(ImmutableArray<object> parts) => _parts = parts;

    public ISymbol Root => (ISymbol)_parts[0];

    /// <summary>Whether the path is a single name.</summary>
    public bool IsRoot => _parts.Length == 1;

    public ITypeSymbol? Type => _parts[_parts.Length - 1] switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol variable => variable.Type,
        IPropertySymbol property => property.Type,
        ElementKey element => element.Type,
        _ => null,
    };

    public static AccessPath Of(ISymbol symbol) => new(ImmutableArray.Create<object>(Plain(symbol)));

    /// <summary>An intermediate value of a control flow graph, which has no <see cref="Root"/>: it is only compared.</summary>
    public static AccessPath Of(CaptureId value) => new(ImmutableArray.Create<object>(value));

    /// <summary>The path that an expression reads, or null where it computes something.</summary>
    public static AccessPath? Of(IOperation? operation) => Of(operation, withElements: false);

    /// <summary>The same, where a constant or a local picks an element of a list: <c>tasks[0]</c>, <c>byName[name]</c>.</summary>
    public static AccessPath? WithElements(IOperation? operation) => Of(operation, withElements: true);

    /// <summary>Whether this path is the other one or reaches through it.</summary>
    public bool StartsWith(AccessPath prefix)
    {
        if (prefix._parts.Length > _parts.Length) return false;
        for (var i = 0; i < prefix._parts.Length; i++)
        {
            if (!AreEqual(_parts[i], prefix._parts[i])) return false;
        }

        return true;
    }

    /// <summary>Whether an element is picked by the variable.</summary>
    public bool IsPickedBy(ISymbol variable)
    {
        foreach (var part in _parts)
        {
            if (part is ElementKey { Value: ISymbol key } && SymbolEqualityComparer.Default.Equals(key, variable)) return true;
        }

        return false;
    }

    /// <summary>The element of a list that stands at the index.</summary>
    public AccessPath At(int index, ITypeSymbol? type) => new(_parts.Add(new ElementKey(index, type)));

    public AccessPath Append(ISymbol member) => new(_parts.Add(Plain(member)));

    /// <summary>The member of what the path names; a member of the type of a dictionary's entries is left out.</summary>
    public AccessPath Append(ISymbol member, INamedTypeSymbol? entry) => IsOf(entry, member) ? this : Append(member);

    /// <summary>
    /// What the path says of an element, said of the collection: with <c>job.Work</c> and <c>jobs</c>, <c>jobs.Work</c>. Members of the
    /// type of a dictionary's entries are left out: the value of an entry is what the dictionary holds.
    /// </summary>
    public AccessPath Under(AccessPath collection, INamedTypeSymbol? entry)
    {
        var parts = collection._parts;
        for (var i = 1; i < _parts.Length; i++)
        {
            if (!IsOf(entry, _parts[i])) parts = parts.Add(_parts[i]);
        }

        return new AccessPath(parts);
    }

    public bool Equals(AccessPath? other) => other is not null && other._parts.Length == _parts.Length && StartsWith(other);

    public override bool Equals(object? obj) => Equals(obj as AccessPath);

    public override int GetHashCode() =>
        (_parts[_parts.Length - 1] is ISymbol symbol ? SymbolEqualityComparer.Default.GetHashCode(symbol) : 1) * 31 + _parts.Length;

    private static AccessPath? Of(IOperation? operation, bool withElements)
    {
        switch (operation)
        {
            case IConversionOperation conversion:
                return Of(conversion.Operand, withElements);
            case IParenthesizedOperation parenthesized:
                return Of(parenthesized.Operand, withElements);
            case ILocalReferenceOperation local:
                return Of(local.Local);
            case IParameterReferenceOperation parameter:
                return Of(parameter.Parameter);
            case IFieldReferenceOperation field:
                return Append(field.Instance, field.Field, withElements);
            case IPropertyReferenceOperation { Arguments.Length: 0 } property:
                return Append(property.Instance, property.Property, withElements);
            case IArrayElementReferenceOperation { Indices: { Length: 1 } indices } element when withElements:
                return Element(element.ArrayReference, indices[0], element.Type);
            case IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: { Length: 1 } keys } element when withElements:
                return Element(element.Instance, keys[0].Value, element.Type);
            default:
                return null;
        }
    }

    private static AccessPath? Append(IOperation? instance, ISymbol member, bool withElements)
    {
        if (instance is null or IInstanceReferenceOperation) return Of(member);
        return Of(instance, withElements)?.Append(member);
    }

    private static AccessPath? Element(IOperation? collection, IOperation key, ITypeSymbol? type)
    {
        object? value = key switch
        {
            { ConstantValue: { HasValue: true, Value: { } constant } } => constant,
            IConversionOperation { Operand: { ConstantValue: { HasValue: true, Value: { } constant } } } => constant,
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => null,
        };
        if (value is null || Of(collection, withElements: true) is not { } owner) return null;
        return new AccessPath(owner._parts.Add(new ElementKey(value, type)));
    }

    // job.Work of (string Name, Task Work) is job.Item2
    private static ISymbol Plain(ISymbol symbol) =>
        symbol is IFieldSymbol { CorrespondingTupleField.Name: var item, ContainingType: var tuple }
        && (tuple.TupleUnderlyingType ?? tuple).GetMembers(item) is { Length: > 0 } fields ? fields[0] : symbol;

    private static bool IsOf(INamedTypeSymbol? entry, object part) =>
        entry is not null && part is IPropertySymbol { ContainingType.OriginalDefinition: var owner }
        && SymbolEqualityComparer.Default.Equals(owner, entry);

    private static bool AreEqual(object part, object other) => part switch
    {
        ISymbol symbol => other is ISymbol named && SymbolEqualityComparer.Default.Equals(symbol, named),
        ElementKey key => other is ElementKey second && AreEqual(key.Value, second.Value),
        _ => part.Equals(other),
    };

    private sealed class ElementKey(object value, ITypeSymbol? type)
    {
        public object Value { get; } = value;

        public ITypeSymbol? Type { get; } = type;
    }
}
