using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis;

/// <summary>
/// Reads from the syntax alone which names the bodies of one file mention. What is called without being named (operators, indexers,
/// <c>new()</c>, <c>using</c>) has a name here that no identifier can have.
/// </summary>
internal sealed class CallNames : CSharpSyntaxWalker
{
    public const string Creation = ".new";
    public const string Indexer = ".indexer";
    public const string Operator = ".operator";
    public const string Conversion = ".conversion";
    public const string Marked = ".blocking";

    private readonly List<BodyNames> _bodies = new();
    private readonly Stack<HashSet<string>> _types = new();
    private HashSet<string>? _names;

    private CallNames()
    {
    }

    public static BodyNames[] In(SyntaxTree tree)
    {
        var reader = new CallNames();
        reader.Visit(tree.GetRoot());
        return reader._bodies.ToArray();
    }

    public override void VisitClassDeclaration(ClassDeclarationSyntax node) => ReadType(node);

    public override void VisitStructDeclaration(StructDeclarationSyntax node) => ReadType(node);

    public override void VisitInterfaceDeclaration(InterfaceDeclarationSyntax node) => ReadType(node);

    public override void VisitRecordDeclaration(RecordDeclarationSyntax node) => ReadType(node);

    // using Loader = Legacy.Loader;
    public override void VisitUsingDirective(UsingDirectiveSyntax node)
    {
        if (node.Alias is { } alias && node.Name is { } name) Read(null, name, alias.Name.Identifier.ValueText);
    }

    public override void VisitMethodDeclaration(MethodDeclarationSyntax node) => Read(node.AttributeLists, node.Body, node.Identifier.ValueText, node.ExpressionBody);

    public override void VisitOperatorDeclaration(OperatorDeclarationSyntax node) => Read(node.AttributeLists, node.Body, Operator, node.ExpressionBody);

    public override void VisitConversionOperatorDeclaration(ConversionOperatorDeclarationSyntax node) => Read(node.AttributeLists, node.Body, Conversion, node.ExpressionBody);

    public override void VisitIndexerDeclaration(IndexerDeclarationSyntax node) => Read(node.AttributeLists, node.AccessorList, Indexer, node.ExpressionBody);

    public override void VisitEventDeclaration(EventDeclarationSyntax node) => Read(node.AttributeLists, node.AccessorList, node.Identifier.ValueText);

    public override void VisitPropertyDeclaration(PropertyDeclarationSyntax node)
    {
        Read(node.AttributeLists, node.AccessorList, node.Identifier.ValueText, node.ExpressionBody, node.Initializer);
        ReadIntoType(node.Initializer);
    }

    public override void VisitFieldDeclaration(FieldDeclarationSyntax node)
    {
        foreach (var variable in node.Declaration.Variables)
        {
            if (variable.Initializer is null) continue;
            Read(null, variable.Initializer, variable.Identifier.ValueText);
            ReadIntoType(variable.Initializer);
        }
    }

    public override void VisitConstructorDeclaration(ConstructorDeclarationSyntax node)
    {
        ReadIntoType(node.Initializer);
        ReadIntoType(node.Body);
        ReadIntoType(node.ExpressionBody);
        foreach (var list in node.AttributeLists) ReadIntoType(list);
    }

    public override void VisitDestructorDeclaration(DestructorDeclarationSyntax node)
    {
    }

    public override void VisitDelegateDeclaration(DelegateDeclarationSyntax node)
    {
    }

    public override void VisitEnumDeclaration(EnumDeclarationSyntax node)
    {
    }

    // Belongs to the body around it as well.
    public override void VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        var around = _names;
        var names = Read(node.AttributeLists, node.Body, node.Identifier.ValueText, node.ExpressionBody);
        around?.UnionWith(names);
    }

    public override void VisitParameterList(ParameterListSyntax node)
    {
    }

    public override void VisitAttribute(AttributeSyntax node)
    {
        var name = node.Name is QualifiedNameSyntax qualified ? qualified.Right : node.Name;
        if (name is SimpleNameSyntax { Identifier.ValueText: "Blocking" or WellKnownAttribute.Blocking }) _names?.Add(Marked);
    }

    public override void VisitIdentifierName(IdentifierNameSyntax node) => _names?.Add(node.Identifier.ValueText);

    public override void VisitGenericName(GenericNameSyntax node)
    {
        _names?.Add(node.Identifier.ValueText);
        base.VisitGenericName(node);
    }

    public override void VisitImplicitObjectCreationExpression(ImplicitObjectCreationExpressionSyntax node)
    {
        _names?.Add(Creation);
        base.VisitImplicitObjectCreationExpression(node);
    }

    public override void VisitElementAccessExpression(ElementAccessExpressionSyntax node)
    {
        _names?.Add(Indexer);
        base.VisitElementAccessExpression(node);
    }

    public override void VisitElementBindingExpression(ElementBindingExpressionSyntax node)
    {
        _names?.Add(Indexer);
        base.VisitElementBindingExpression(node);
    }

    public override void VisitImplicitElementAccess(ImplicitElementAccessSyntax node)
    {
        _names?.Add(Indexer);
        base.VisitImplicitElementAccess(node);
    }

    public override void VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        _names?.Add(Operator);
        base.VisitBinaryExpression(node);
    }

    public override void VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node)
    {
        _names?.Add(Operator);
        base.VisitPrefixUnaryExpression(node);
    }

    public override void VisitPostfixUnaryExpression(PostfixUnaryExpressionSyntax node)
    {
        _names?.Add(Operator);
        base.VisitPostfixUnaryExpression(node);
    }

    public override void VisitAssignmentExpression(AssignmentExpressionSyntax node)
    {
        if (!node.IsKind(SyntaxKind.SimpleAssignmentExpression)) _names?.Add(Operator);
        base.VisitAssignmentExpression(node);
    }

    public override void VisitUsingStatement(UsingStatementSyntax node)
    {
        _names?.Add(WellKnownMember.Dispose);
        base.VisitUsingStatement(node);
    }

    public override void VisitLocalDeclarationStatement(LocalDeclarationStatementSyntax node)
    {
        if (node.UsingKeyword.RawKind != 0) _names?.Add(WellKnownMember.Dispose);
        base.VisitLocalDeclarationStatement(node);
    }

    public override void VisitForEachStatement(ForEachStatementSyntax node)
    {
        AddEnumeration();
        base.VisitForEachStatement(node);
    }

    public override void VisitForEachVariableStatement(ForEachVariableStatementSyntax node)
    {
        AddEnumeration();
        base.VisitForEachVariableStatement(node);
    }

    public override void VisitInitializerExpression(InitializerExpressionSyntax node)
    {
        if (node.IsKind(SyntaxKind.CollectionInitializerExpression)) _names?.Add("Add");
        base.VisitInitializerExpression(node);
    }

    private void AddEnumeration()
    {
        if (_names is not { } names) return;
        names.Add("GetEnumerator");
        names.Add("MoveNext");
        names.Add("Current");
        names.Add(WellKnownMember.Dispose);
    }

    // A type's name stands for its constructors and for what they and the static ones start.
    private void ReadType(TypeDeclarationSyntax node)
    {
        var around = _names;
        _names = null;
        var names = new HashSet<string>();
        _types.Push(names);
        if (node.BaseList is { } bases) ReadIntoType(bases);
        foreach (var member in node.Members) Visit(member);
        _types.Pop();
        _names = around;
        if (names.Count > 0) _bodies.Add(new BodyNames([node.Identifier.ValueText, Creation], names.ToArray()));
    }

    private void ReadIntoType(SyntaxNode? node)
    {
        if (node is null || _types.Count == 0) return;
        var around = _names;
        _names = _types.Peek();
        Visit(node);
        _names = around;
    }

    private HashSet<string> Read(SyntaxList<AttributeListSyntax>? attributes, SyntaxNode? body, string name, params SyntaxNode?[] more)
    {
        var around = _names;
        var names = _names = new HashSet<string>();
        if (attributes is { } lists)
        {
            foreach (var list in lists) Visit(list);
        }

        Visit(body);
        foreach (var node in more) Visit(node);
        _names = around;
        if (names.Count > 0) _bodies.Add(new BodyNames([name], names.ToArray()));
        return names;
    }
}
