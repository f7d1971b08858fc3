using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Catalog;

/// <summary>
/// A member of an API, or several that mean the same, by documentation ids without parameters: all overloads. A member is compared by its
/// name, then by the full name of the type that declares it, so that a type of the project's own with the same short name is another.
/// Nothing is looked up or kept for a compilation.
/// </summary>
internal sealed class ApiMember
{
    private readonly Id[] _ids;

    /// <param name="ids">
    /// <c>M:System.Threading.Tasks.Task.WhenAny</c>, <c>P:System.Threading.Tasks.Task`1.Result</c>: of a generic type with its arity, of a
    /// generic method without.
    /// </param>
    public ApiMember(params string[] ids) => _ids = Array.ConvertAll(ids, static id => new Id(id));

    /// <summary>The documentation ids.</summary>
    public IEnumerable<string> Ids
    {
        get
        {
            foreach (var id in _ids) yield return id.Text;
        }
    }

    /// <summary>Whether the symbol is one of the members.</summary>
    public bool Is(ISymbol member)
    {
        var name = member.Name;
        foreach (var id in _ids)
        {
            if (id.Name == name && id.IsIn(DeclaringType.Of(member))) return true;
        }

        return false;
    }

    /// <summary>Whether one of the members has the name: for code that has nothing but the text.</summary>
    public bool IsNamed(string name)
    {
        foreach (var id in _ids)
        {
            if (id.Name == name) return true;
        }

        return false;
    }

    /// <summary>Those of the members that the type itself declares.</summary>
    public IEnumerable<ISymbol> In(ITypeSymbol type)
    {
        foreach (var id in _ids)
        {
            if (!id.IsIn(type)) continue;
            foreach (var member in type.GetMembers(id.Name)) yield return member;
        }
    }

    /// <summary>Whether the type declares one of the members: this version of the library has it.</summary>
    public bool IsIn(ITypeSymbol type)
    {
        foreach (var id in _ids)
        {
            if (!type.GetMembers(id.Name).IsEmpty && id.IsIn(type)) return true;
        }

        return false;
    }

    /// <summary>Whether the operation calls, reads, writes or takes one of the members.</summary>
    public bool IsUse(IOperation? operation) => operation switch
    {
        IInvocationOperation call => Is(call.TargetMethod),
        IMemberReferenceOperation reference => Is(reference.Member),
        _ => false,
    };

    private readonly struct Id
    {
        private readonly TypeName _type;

        public Id(string text)
        {
            Text = text;
            var dot = text.LastIndexOf('.');
            Name = text.Substring(dot + 1);
            _type = new TypeName(text.Substring(2, dot - 2));
        }

        public string Text { get; }

        public string Name { get; }

        public bool IsIn(ITypeSymbol? type) => _type.Is(type);
    }
}
