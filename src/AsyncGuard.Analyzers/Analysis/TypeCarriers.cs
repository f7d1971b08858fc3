using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis;

/// <summary>
/// Through which names source comes to the members of a type: its own, and those of the members and types whose declaration names it. By the syntax alone, and
/// only in the files that name the type.
/// </summary>
internal sealed class TypeCarriers(NameGraph graph)
{
    private readonly Dictionary<string, Carriers> _known = new();

    /// <summary>Whether the body mentions the type or a name that carries it.</summary>
    public bool Reaches(BodyNames body, string type)
    {
        if (!_known.TryGetValue(type, out var carriers)) _known.Add(type, carriers = Of(type));
        if (carriers.Everywhere || carriers.Inside.Contains(body.Tree) || (body.IsWithoutHeader && carriers.Trees.Contains(body.Tree))) return true;
        return MentionsAny(body.Mentioned, carriers.Names) || MentionsAny(body.Declared, carriers.Names);
    }

    private static bool MentionsAny(string[] mentioned, HashSet<string> names)
    {
        foreach (var name in mentioned)
        {
            if (names.Contains(name)) return true;
        }

        return false;
    }

    private Carriers Of(string type)
    {
        var carriers = new Carriers();
        var open = new Stack<string>();
        Meet(type);
        while (open.Count > 0)
        {
            var name = open.Pop();
            foreach (var tree in graph.TreesThatMention(name))
            {
                carriers.Trees.Add(tree);
                Read(tree.GetRoot(), name);
            }
        }

        return carriers;

        void Meet(string name)
        {
            if (!carriers.Names.Add(name)) return;
            carriers.Names.Add(CallNames.ConstructorOf(name));
            open.Push(name);
        }

        void Read(SyntaxNode node, string name)
        {
            foreach (var child in node.ChildNodes())
            {
                switch (child)
                {
                    case UsingDirectiveSyntax { Name: { } named } import when (import.StaticKeyword.RawKind != 0 || import.Alias is not null) && Names(named, name):
                        if (import.GlobalKeyword.RawKind != 0) carriers.Everywhere = true;
                        carriers.Inside.Add(import.SyntaxTree);
                        break;
                    case BaseNamespaceDeclarationSyntax:
                        Read(child, name);
                        break;
                    case TypeDeclarationSyntax declaration:
                        if (Names(declaration.BaseList, name)) carriers.Inside.Add(declaration.SyntaxTree);
                        if (Names(declaration.BaseList, name) || Names((declaration as RecordDeclarationSyntax)?.ParameterList, name)) Meet(declaration.Identifier.ValueText);
                        Read(child, name);
                        break;
                    case DelegateDeclarationSyntax declaration when Names(declaration.ReturnType, name) || Names(declaration.ParameterList, name):
                        Meet(declaration.Identifier.ValueText);
                        break;
                    case ParameterListSyntax primary when Names(primary, name):
                        foreach (var parameter in primary.Parameters) carriers.Names.Add(parameter.Identifier.ValueText);
                        break;
                    case MethodDeclarationSyntax method when Names(method.ReturnType, name) || Names(method.ParameterList, name):
                        carriers.Names.Add(method.Identifier.ValueText);
                        break;
                    case PropertyDeclarationSyntax property when Names(property.Type, name):
                        carriers.Names.Add(property.Identifier.ValueText);
                        break;
                    case IndexerDeclarationSyntax indexer when Names(indexer.Type, name):
                        carriers.Names.Add(CallNames.Indexer);
                        break;
                    case EventDeclarationSyntax declaration when Names(declaration.Type, name):
                        carriers.Names.Add(declaration.Identifier.ValueText);
                        break;
                    case BaseFieldDeclarationSyntax field when Names(field.Declaration, name):
                        foreach (var variable in field.Declaration.Variables) carriers.Names.Add(variable.Identifier.ValueText);
                        break;
                }
            }
        }
    }

    private static bool Names(SyntaxNode? header, string type)
    {
        if (header is null) return false;
        foreach (var token in header.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == type) return true;
        }

        return false;
    }

    private sealed class Carriers
    {
        public HashSet<string> Names { get; } = new();

        /// <summary>The files that mention any of them.</summary>
        public HashSet<SyntaxTree> Trees { get; } = new();

        /// <summary>The files where the members may be called without a receiver.</summary>
        public HashSet<SyntaxTree> Inside { get; } = new();

        /// <summary>Whether every file may.</summary>
        public bool Everywhere { get; set; }
    }
}
