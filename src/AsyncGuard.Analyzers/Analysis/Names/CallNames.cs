using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using AsyncGuard.Analysis.Names.Loops;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Analysis.Names;

/// <summary>
/// Reads which names the bodies of one file mention. What is called without being named (operators, indexers, <c>new()</c>, <c>using</c>)
/// has a name here that no identifier can have. Lambdas and local functions belong to the member around them.
/// </summary>
internal sealed class CallNames
{
    public const string Creation = ".new";
    public const string Indexer = ".indexer";
    public const string Operator = ".operator";
    public const string Equality = ".equality";
    public const string Conversion = ".conversion";
    public const string Marked = ".blocking";
    public const string Work = ".work";

    private static readonly string Constructor = ApiTable.ConstructorOf("");

    private readonly TreeNames _names;
    private readonly SyntaxTree _tree;
    private readonly NameScanner _scanner;
    private readonly WorkScanner _work;
    private readonly HashSet<string> _body = new();
    private readonly HashSet<string> _header = new();
    private readonly HashSet<string> _given = new();
    private string? _owner;
    private string? _held;

    private CallNames(SyntaxTree tree)
    {
        var text = tree.GetText().ToString();
        _tree = tree;
        _names = new TreeNames(tree);
        _scanner = new NameScanner(text);
        _work = new WorkScanner(text);
    }

    /// <summary>
    /// The name of what runs when an object of the type is made; the type's own name is for what it runs when it is first touched.
    /// </summary>
    public static string ConstructorOf(string type) => ApiTable.ConstructorOf(type);

    /// <summary>Whether the name is one of <see cref="ConstructorOf"/>.</summary>
    public static bool IsConstructor(string name) => name.StartsWith(Constructor, StringComparison.Ordinal);

    public static TreeNames In(SyntaxTree tree)
    {
        if (tree.GetRoot() is not CompilationUnitSyntax unit) return new TreeNames(tree);
        var reader = new CallNames(tree);
        reader.ReadUsings(unit.Usings);
        var nothing = new HashSet<string>();
        reader.ReadMembers(unit.Members, nothing, nothing);
        var program = new HashSet<string>();
        foreach (var member in unit.Members)
        {
            if (member is GlobalStatementSyntax) reader.Scan(member, program);
        }

        reader.Add(unit.Span, BodyKind.OfType, program, WellKnownMemberNames.TopLevelStatementsEntryPointMethodName);
        return reader._names;
    }

    // using Loader = Legacy.Loader;
    private void ReadUsings(SyntaxList<UsingDirectiveSyntax> directives)
    {
        foreach (var directive in directives)
        {
            if (directive.Alias is { Name.Identifier.ValueText: var alias })
            {
                _header.Clear();
                _scanner.AddNames(directive.Span, _header);
                _names.Headers.Add(new HeaderNames(_tree, HeaderKind.Type, _owner, [alias], _header.ToArray(), isAlias: true));
                Read(default, alias, default, directive.Name);
                Add(default, BodyKind.OfMember, new HashSet<string>(_header.Select(ConstructorOf)), ConstructorOf(alias));
            }
            else if (directive.StaticKeyword.RawKind != 0)
            {
                AddHeader(directive.GlobalKeyword.RawKind == 0 ? HeaderKind.Import : HeaderKind.GlobalImport, [], directive);
            }
        }
    }

    private void ReadMembers(SyntaxList<MemberDeclarationSyntax> members, HashSet<string> ofObject, HashSet<string> ofType)
    {
        foreach (var member in members) ReadMember(member, ofObject, ofType);
    }

    private void ReadMember(MemberDeclarationSyntax member, HashSet<string> ofObject, HashSet<string> ofType)
    {
        switch (member)
        {
            case BaseNamespaceDeclarationSyntax space:
                ReadUsings(space.Usings);
                ReadMembers(space.Members, ofObject, ofType);
                break;
            case TypeDeclarationSyntax type:
                ReadType(type);
                break;
            case MethodDeclarationSyntax method:
                ReadMethod(method);
                break;
            case PropertyDeclarationSyntax property:
                AddHeader(HeaderKind.MemberTypes, [property.Identifier.ValueText], property.Type);
                _held = property.Initializer is not null && !HasCode(property.AccessorList) && !IsMarked(Attributes(property))
                    ? DeferredValues.TypeOf(property.Type) : null;
                Read(property.Span, property.Identifier.ValueText, Attributes(property), property.AccessorList, property.ExpressionBody,
                    property.Initializer);
                _held = null;
                Scan(property.Initializer, IsStatic(property) ? ofType : ofObject);
                break;
            case IndexerDeclarationSyntax indexer:
                AddHeader(HeaderKind.Unnamed, [Indexer], indexer.Type);
                Read(indexer.Span, Indexer, Attributes(indexer), indexer.AccessorList, indexer.ExpressionBody, indexer.ParameterList);
                break;
            case EnumDeclarationSyntax @enum:
                AddHeader(HeaderKind.Type, [@enum.Identifier.ValueText], null);
                break;
            case DelegateDeclarationSyntax @delegate:
                AddHeader(HeaderKind.Delegate, [@delegate.Identifier.ValueText], @delegate.ReturnType, @delegate.ParameterList);
                break;
            case EventFieldDeclarationSyntax @event:
                AddHeader(HeaderKind.MemberTypes, NamesOf(@event.Declaration), @event.Declaration.Type);
                break;
            case EventDeclarationSyntax @event:
                AddHeader(HeaderKind.MemberTypes, [@event.Identifier.ValueText], @event.Type);
                Read(@event.Span, @event.Identifier.ValueText, Attributes(@event), @event.AccessorList);
                break;
            case OperatorDeclarationSyntax @operator:
                AddHeader(HeaderKind.Unnamed, [Operator], @operator.ReturnType);
                Read(@operator.Span, IsEquality(@operator) ? Equality : Operator, @operator.AttributeLists, @operator.Body,
                    @operator.ExpressionBody, @operator.ParameterList);
                break;
            case ConversionOperatorDeclarationSyntax conversion:
                Read(conversion.Span, [Conversion, NameOf(conversion.Parent)], conversion.AttributeLists, conversion.Body,
                    conversion.ExpressionBody, conversion.ParameterList);
                break;
            case ConstructorDeclarationSyntax constructor:
                var made = IsStatic(constructor) ? ofType : ofObject;
                if (IsMarked(constructor.AttributeLists)) made.Add(Marked);
                Scan(constructor.ParameterList, made);
                Scan(constructor.Initializer, made);
                Scan(constructor.Body, made);
                Scan(constructor.ExpressionBody, made);
                break;
            case FieldDeclarationSyntax field:
                AddHeader(HeaderKind.MemberTypes, NamesOf(field.Declaration), field.Declaration.Type);
                var held = DeferredValues.TypeOf(field.Declaration.Type);
                foreach (var variable in field.Declaration.Variables)
                {
                    if (variable.Initializer is null) continue;
                    _held = held;
                    if (held != DeferredValues.None) Read(variable.Span, variable.Identifier.ValueText, default, variable.Initializer);
                    _held = null;
                    Scan(variable.Initializer, IsStatic(field) ? ofType : ofObject);
                }

                break;
        }
    }

    private static bool HasCode(AccessorListSyntax? list)
    {
        if (list is null) return false;
        foreach (var accessor in list.Accessors)
        {
            if (accessor.Body is not null || accessor.ExpressionBody is not null) return true;
        }

        return false;
    }

    private void ReadMethod(MethodDeclarationSyntax method)
    {
        string[] declared = [method.Identifier.ValueText];
        AddSignature(method, declared);
        var around = _owner;
        if (method.ParameterList.Parameters is { Count: > 0 } parameters && parameters[0].Modifiers.Any(SyntaxKind.ThisKeyword))
            _owner = ExtendedType(method, parameters[0]);
        Read(method.Span, declared, method.AttributeLists, method.Body, method.ExpressionBody, method.ParameterList,
            IsAsync(method) && !IsMarked(method.AttributeLists) ? BodyKind.Async : BodyKind.OfMember, method.ConstraintClauses);
        _owner = around;
    }

    private void ReadType(TypeDeclarationSyntax type)
    {
        var around = _owner;
        var name = type.Identifier.ValueText;
        // extension(Order order) { … }
        _owner = name.Length == 0 ? null : name;
        var ofType = new HashSet<string>();
        var ofObject = new HashSet<string>();
        Scan(type.BaseList, ofObject);
        foreach (var @base in ofObject.ToArray()) ofObject.Add(ConstructorOf(@base));
        AddHeader(HeaderKind.Type, [name], type.BaseList, (type as RecordDeclarationSyntax)?.ParameterList, type.ConstraintClauses);
        ReadParameters(type);
        ReadMembers(type.Members, ofObject, ofType);
        Add(type.Span, BodyKind.OfStart, ofType, name, ConstructorOf(name), Creation);
        Add(type.Span, BodyKind.OfType, ofObject, ConstructorOf(name), Creation);
        _owner = around;
    }

    // class Store(Database database) { … }: a node of its own in every Roslyn, a property of the declaration only in newer ones
    private void ReadParameters(TypeDeclarationSyntax type)
    {
        foreach (var child in type.ChildNodes())
        {
            if (child is not ParameterListSyntax list) continue;
            foreach (var parameter in list.Parameters) AddHeader(HeaderKind.MemberTypes, [parameter.Identifier.ValueText], parameter.Type);
        }
    }

    // static void Save(this Order order), not static void Save<T>(this T order)
    private static string? ExtendedType(MethodDeclarationSyntax method, ParameterSyntax parameter)
    {
        var type = parameter.Type is NullableTypeSyntax nullable ? nullable.ElementType : parameter.Type;
        if (type is QualifiedNameSyntax qualified) type = qualified.Right;
        if (type is not SimpleNameSyntax { Identifier.ValueText: var name }) return null;
        if (method.TypeParameterList is { Parameters: var parameters })
        {
            foreach (var own in parameters)
            {
                if (own.Identifier.ValueText == name) return null;
            }
        }

        return name;
    }

    // A conversion is called without any sign of it in the source but, mostly, the name of the type.
    private static string NameOf(SyntaxNode? type) => (type as TypeDeclarationSyntax)?.Identifier.ValueText ?? "";

    private static bool IsStatic(MemberDeclarationSyntax member) => member.Modifiers.Any(SyntaxKind.StaticKeyword);

    private static bool IsAsync(MethodDeclarationSyntax method)
    {
        if (method.Modifiers.Any(SyntaxKind.AsyncKeyword)) return true;
        var type = method.ReturnType is QualifiedNameSyntax qualified ? qualified.Right : method.ReturnType;
        return type is SimpleNameSyntax { Identifier.ValueText: var name } && PlainTypeNames.IsTask(name);
    }

    private static bool IsEquality(OperatorDeclarationSyntax declaration) =>
        declaration.OperatorToken.IsKind(SyntaxKind.EqualsEqualsToken)
        || declaration.OperatorToken.IsKind(SyntaxKind.ExclamationEqualsToken);

    private void Read(TextSpan span, string name, SyntaxList<AttributeListSyntax> attributes, SyntaxNode? first, SyntaxNode? second = null,
        SyntaxNode? third = null) =>
        Read(span, [name], attributes, first, second, third);

    private void Read(TextSpan span, string[] declared, SyntaxList<AttributeListSyntax> attributes, SyntaxNode? first,
        SyntaxNode? second = null, SyntaxNode? third = null, BodyKind kind = BodyKind.OfMember,
        SyntaxList<TypeParameterConstraintClauseSyntax> constraints = default)
    {
        var names = _body;
        names.Clear();
        _scanner.Restart();
        if (IsMarked(attributes)) names.Add(Marked);
        if (Has(attributes, "GeneratedRegex", WellKnownAttribute.GeneratedRegex)) names.Add(nameof(Regex));
        Scan(first, names, declared[0]);
        Scan(second, names, declared[0]);
        Scan(third, names, declared[0]);
        if (constraints.Count > 0) _scanner.AddNames(constraints.Span, names);
        Add(span, kind, names, declared);
    }

    private void Scan(SyntaxNode? node, HashSet<string> names, string own = "")
    {
        if (node is null) return;
        _scanner.AddNames(node.Span, names);
        if (_work.RecursIn(node.Span, names, own)
            || (!names.Contains(Work) && _work.LoopsIn(node.Span, names) && LoopSyntax.MayBeLong(node)))
            names.Add(Work);
    }

    private void AddHeader(HeaderKind kind, string[] declared, SyntaxNode? first, SyntaxNode? second = null,
        SyntaxList<TypeParameterConstraintClauseSyntax> constraints = default)
    {
        _header.Clear();
        if (first is not null) _scanner.AddNames(first.Span, _header);
        if (second is not null) _scanner.AddNames(second.Span, _header);
        if (constraints.Count > 0) _scanner.AddNames(constraints.Span, _header);
        _names.Headers.Add(new HeaderNames(_tree, kind, _owner, declared, _header.ToArray()));
    }

    private void AddSignature(MethodDeclarationSyntax method, string[] declared)
    {
        _header.Clear();
        _given.Clear();
        _scanner.AddNames(method.ReturnType.Span, _header);
        _scanner.AddParameters(method.ParameterList.Span, _header, _given);
        _names.Headers.Add(new HeaderNames(_tree, HeaderKind.MemberTypes, _owner, declared, _header.ToArray()));
        // var (order, count) = page;
        if (declared[0] == WellKnownMemberNames.DeconstructMethodName)
            _names.Headers.Add(new HeaderNames(_tree, HeaderKind.Unnamed, _owner, declared, _header.ToArray()));
        if (_given.Count > 0) _names.Headers.Add(new HeaderNames(_tree, HeaderKind.ParameterTypes, _owner, declared, _given.ToArray()));
    }

    private void Add(TextSpan span, BodyKind kind, HashSet<string> names, params string[] declared)
    {
        if (names.Count > 0) _names.Add(new BodyNames(_tree, span, kind, _owner, _held, declared, names.ToArray()));
    }

    private static string[] NamesOf(VariableDeclarationSyntax declaration)
    {
        var names = new string[declaration.Variables.Count];
        for (var i = 0; i < names.Length; i++) names[i] = declaration.Variables[i].Identifier.ValueText;
        return names;
    }

    private static SyntaxList<AttributeListSyntax> Attributes(BasePropertyDeclarationSyntax property)
    {
        var all = property.AttributeLists;
        if (property.AccessorList is null) return all;
        foreach (var accessor in property.AccessorList.Accessors) all = all.AddRange(accessor.AttributeLists);
        return all;
    }

    private static bool IsMarked(SyntaxList<AttributeListSyntax> lists) => Has(lists, "Blocking", WellKnownAttribute.Blocking);

    private static bool Has(SyntaxList<AttributeListSyntax> lists, string shortName, string longName)
    {
        foreach (var list in lists)
        {
            foreach (var attribute in list.Attributes)
            {
                var name = attribute.Name is QualifiedNameSyntax qualified ? qualified.Right : attribute.Name;
                if (name is SimpleNameSyntax { Identifier.ValueText: var text } && (text == shortName || text == longName)) return true;
            }
        }

        return false;
    }
}
