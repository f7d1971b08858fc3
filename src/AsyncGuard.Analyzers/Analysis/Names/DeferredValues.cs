using System;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Names;

/// <summary>
/// Which fields and properties may hold code that runs when they are used: delegates and <see cref="Lazy{T}"/>. What any other value is
/// made by has run when its object was made.
/// </summary>
internal static class DeferredValues
{
    /// <summary>In place of a type that holds no code.</summary>
    public const string None = "";

    /// <summary>The name of the type; <see cref="None"/> where it is one that is known to hold no code.</summary>
    public static string TypeOf(TypeSyntax type)
    {
        if (type is NullableTypeSyntax nullable) type = nullable.ElementType;
        if (type is ArrayTypeSyntax || (type is PredefinedTypeSyntax { Keyword: var keyword } && !keyword.IsKind(SyntaxKind.ObjectKeyword)))
            return None;
        var name = type is QualifiedNameSyntax qualified ? qualified.Right : type as SimpleNameSyntax;
        return name is null ? nameof(Object) : PlainTypeNames.IsData(name.Identifier.ValueText) ? None : name.Identifier.ValueText;
    }

    /// <summary>Whether a value of the type may be code.</summary>
    public static bool MayBe(string type, TypeMentions mentions)
    {
        if (type == None) return false;
        if (PlainTypeNames.IsCode(type) || !mentions.DeclaresObject(type)) return true;
        foreach (var (above, _) in mentions.Above(type))
        {
            if (above == PlainTypeNames.Lazy) return true;
        }

        return false;
    }
}
