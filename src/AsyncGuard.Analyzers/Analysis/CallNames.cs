using System;
using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis;

/// <summary>
/// Reads which names the bodies of one file mention. What is called without being named (operators, indexers, <c>new()</c>, <c>using</c>) has a name here
/// that no identifier can have. Lambdas and local functions belong to the member around them.
/// </summary>
internal sealed class CallNames
{
    public const string Creation = ".new";
    public const string Indexer = ".indexer";
    public const string Operator = ".operator";
    public const string Conversion = ".conversion";
    public const string Marked = ".blocking";
    public const string Work = ".work";

    private readonly List<BodyNames> _bodies = new();
    private readonly NameScanner _scanner;
    private readonly WorkScanner _work;

    private CallNames(string text)
    {
        _scanner = new NameScanner(text);
        _work = new WorkScanner(text);
    }

    public static BodyNames[] In(SyntaxTree tree)
    {
        if (tree.GetRoot() is not CompilationUnitSyntax unit) return [];
        var reader = new CallNames(tree.GetText().ToString());
        reader.ReadUsings(unit.Usings);
        reader.ReadMembers(unit.Members, new HashSet<string>());
        var program = new HashSet<string>();
        foreach (var member in unit.Members)
        {
            if (member is GlobalStatementSyntax) reader.Scan(member, program);
        }

        reader.Add(program, WellKnownMemberNames.TopLevelStatementsEntryPointMethodName);
        return reader._bodies.ToArray();
    }

    /// <summary>The names by which a member of another assembly is mentioned, from its documentation id: <c>M:Legacy.Db.Load``1(System.Int32)</c>.</summary>
    public static string[] OfId(string id)
    {
        var end = id.IndexOf('(');
        if (end < 0) end = id.Length;
        var name = LastName(id, end);
        var start = end - name.Length;
        if (name == "#ctor") return [WithoutArity(LastName(id, start - 1)), Creation];

        // void IStore.Save()
        name = WithoutArity(name.Substring(name.LastIndexOf('#') + 1));
        return name switch
        {
            "Item" or "get_Item" or "set_Item" => ["Item", Indexer],
            WellKnownMemberNames.ImplicitConversionName or WellKnownMemberNames.ExplicitConversionName or "op_CheckedExplicit" => [Conversion],
            _ when name.StartsWith("op_", StringComparison.Ordinal) => [Operator],
            _ when name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal) || name.StartsWith("add_", StringComparison.Ordinal) => [name, name.Substring(4)],
            _ when name.StartsWith("remove_", StringComparison.Ordinal) => [name, name.Substring(7)],
            _ => [name],
        };
    }

    // T:Db has no dot
    private static string LastName(string id, int end)
    {
        var start = Math.Max(id.LastIndexOf('.', end - 1) + 1, 2);
        return id.Substring(start, end - start);
    }

    private static string WithoutArity(string name)
    {
        var arity = name.IndexOf('`');
        return arity < 0 ? name : name.Substring(0, arity);
    }

    // using Loader = Legacy.Loader;
    private void ReadUsings(SyntaxList<UsingDirectiveSyntax> directives)
    {
        foreach (var directive in directives)
        {
            if (directive.Alias is { } alias) Read(alias.Name.Identifier.ValueText, default, directive.Name);
        }
    }

    private void ReadMembers(SyntaxList<MemberDeclarationSyntax> members, HashSet<string> ofType)
    {
        foreach (var member in members) ReadMember(member, ofType);
    }

    private void ReadMember(MemberDeclarationSyntax member, HashSet<string> ofType)
    {
        switch (member)
        {
            case BaseNamespaceDeclarationSyntax space:
                ReadUsings(space.Usings);
                ReadMembers(space.Members, ofType);
                break;
            case TypeDeclarationSyntax type:
                ReadType(type);
                break;
            case MethodDeclarationSyntax method:
                Read(method.Identifier.ValueText, method.AttributeLists, method.Body, method.ExpressionBody);
                break;
            case PropertyDeclarationSyntax property:
                Read(property.Identifier.ValueText, Attributes(property), property.AccessorList, property.ExpressionBody, property.Initializer);
                Scan(property.Initializer, ofType);
                break;
            case IndexerDeclarationSyntax indexer:
                Read(Indexer, Attributes(indexer), indexer.AccessorList, indexer.ExpressionBody);
                break;
            case EventDeclarationSyntax @event:
                Read(@event.Identifier.ValueText, Attributes(@event), @event.AccessorList);
                break;
            case OperatorDeclarationSyntax @operator:
                Read(Operator, @operator.AttributeLists, @operator.Body, @operator.ExpressionBody);
                break;
            case ConversionOperatorDeclarationSyntax conversion:
                Read(Conversion, conversion.AttributeLists, conversion.Body, conversion.ExpressionBody);
                break;
            case ConstructorDeclarationSyntax constructor:
                if (IsMarked(constructor.AttributeLists)) ofType.Add(Marked);
                Scan(constructor.Initializer, ofType);
                Scan(constructor.Body, ofType);
                Scan(constructor.ExpressionBody, ofType);
                break;
            case FieldDeclarationSyntax field:
                foreach (var variable in field.Declaration.Variables)
                {
                    if (variable.Initializer is null) continue;
                    Read(variable.Identifier.ValueText, default, variable.Initializer);
                    Scan(variable.Initializer, ofType);
                }

                break;
        }
    }

    // A type's name stands for its constructors and for what they and the static ones start.
    private void ReadType(TypeDeclarationSyntax type)
    {
        var names = new HashSet<string>();
        Scan(type.BaseList, names);
        ReadMembers(type.Members, names);
        Add(names, type.Identifier.ValueText, Creation);
    }

    private void Read(string name, SyntaxList<AttributeListSyntax> attributes, SyntaxNode? first, SyntaxNode? second = null, SyntaxNode? third = null)
    {
        var names = new HashSet<string>();
        if (IsMarked(attributes)) names.Add(Marked);
        Scan(first, names, name);
        Scan(second, names, name);
        Scan(third, names, name);
        Add(names, name);
    }

    private void Scan(SyntaxNode? node, HashSet<string> names, string own = "")
    {
        if (node is null) return;
        _scanner.AddNames(node.Span, names);
        if (!names.Contains(Work) && _work.IsIn(node.Span, names, own)) names.Add(Work);
    }

    private void Add(HashSet<string> names, params string[] declared)
    {
        if (names.Count > 0) _bodies.Add(new BodyNames(declared, names.ToArray()));
    }

    private static SyntaxList<AttributeListSyntax> Attributes(BasePropertyDeclarationSyntax property)
    {
        var all = property.AttributeLists;
        if (property.AccessorList is null) return all;
        foreach (var accessor in property.AccessorList.Accessors) all = all.AddRange(accessor.AttributeLists);
        return all;
    }

    private static bool IsMarked(SyntaxList<AttributeListSyntax> lists)
    {
        foreach (var list in lists)
        {
            foreach (var attribute in list.Attributes)
            {
                var name = attribute.Name is QualifiedNameSyntax qualified ? qualified.Right : attribute.Name;
                if (name is SimpleNameSyntax { Identifier.ValueText: "Blocking" or WellKnownAttribute.Blocking }) return true;
            }
        }

        return false;
    }
}
