using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Catalog;

/// <summary>A type of an API, or several that mean the same, by documentation ids: compared by its full name.</summary>
internal sealed class ApiType
{
    private readonly TypeName[] _names;

    /// <param name="ids"><c>T:System.Threading.Channels.ChannelReader`1</c>.</param>
    public ApiType(params string[] ids)
    {
        Ids = ids;
        _names = Array.ConvertAll(ids, static id => new TypeName(id.Substring(2)));
    }

    /// <summary>The documentation ids.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>Whether the type is one of these.</summary>
    public bool Is(ITypeSymbol? type)
    {
        if (type is null) return false;
        foreach (var name in _names)
        {
            if (name.Is(type)) return true;
        }

        return false;
    }

    /// <summary>Whether one of the types has the name, without namespace and arity: for code that has nothing but the text.</summary>
    public bool IsNamed(string name)
    {
        foreach (var known in _names)
        {
            if (known.EndsWith(name)) return true;
        }

        return false;
    }

    /// <summary>Whether the type or a base class of it is one of these.</summary>
    public bool IsOrDerives(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (Is(type)) return true;
        }

        return false;
    }
}
