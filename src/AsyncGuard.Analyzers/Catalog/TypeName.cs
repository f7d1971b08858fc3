using Microsoft.CodeAnalysis;

namespace AsyncGuard.Catalog;

/// <summary>The full name of a type as a documentation id writes it, without its prefix.</summary>
internal readonly struct TypeName
{
    private readonly string _text;
    private readonly int _arity;

    /// <param name="text"><c>System.Threading.Tasks.Task`1</c>.</param>
    public TypeName(string text)
    {
        var tick = text.IndexOf('`');
        _arity = tick < 0 ? 0 : text[tick + 1] - '0';
        _text = tick < 0 ? text : text.Substring(0, tick);
    }

    /// <summary>Whether the last part of the name is this one.</summary>
    public bool EndsWith(string name)
    {
        var start = _text.Length - name.Length;
        return start >= 0 && string.CompareOrdinal(_text, start, name, 0, name.Length) == 0 && (start == 0 || _text[start - 1] == '.');
    }

    /// <summary>Whether it is the name of the type, constructed or not.</summary>
    public bool Is(ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol named || named.Arity != _arity) return false;
        var end = _text.Length;
        for (ISymbol part = type; ; part = part.ContainingSymbol)
        {
            var name = part.Name;
            var start = end - name.Length;
            if (start < 0 || string.CompareOrdinal(_text, start, name, 0, name.Length) != 0) return false;
            var isOutermost = part.ContainingSymbol is not (INamedTypeSymbol or INamespaceSymbol { IsGlobalNamespace: false });
            if (start == 0 || isOutermost) return start == 0 && isOutermost;
            if (_text[start - 1] != '.') return false;
            end = start - 1;
        }
    }
}
