using System;
using System.Linq;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Lifetimes;

/// <summary>
/// The field that holds the client that a type shares: one that it has, or a new one, named as the type names its static fields.
/// </summary>
internal sealed class SharedClientField
{
    private SharedClientField(string name, bool exists)
    {
        Name = name;
        Exists = exists;
    }

    public string Name { get; }

    public bool Exists { get; }

    // Neither an interface nor an extension block holds fields.
    public static bool CanStandIn(TypeDeclarationSyntax type) =>
        type.Kind() is SyntaxKind.ClassDeclaration or SyntaxKind.StructDeclaration or SyntaxKind.RecordDeclaration
        or SyntaxKind.RecordStructDeclaration;

    /// <summary>The field, or null where its name is taken.</summary>
    public static SharedClientField? For(INamedTypeSymbol type, FixContext fix)
    {
        string? convention = null;
        foreach (var member in type.GetMembers())
        {
            if (member is not IFieldSymbol
                {
                    IsStatic: true, IsReadOnly: true, IsImplicitlyDeclared: false,
                    DeclaredAccessibility: Accessibility.Private
                } field)
                continue;
            if (SymbolEqualityComparer.Default.Equals(field.Type, fix.Guard.Types.HttpClient) && IsPlain(field, fix))
                return new SharedClientField(field.Name, exists: true);
            convention ??= field.Name;
        }

        var name = NameLike(convention);
        return type.GetMembers(name).IsEmpty ? new SharedClientField(name, exists: false) : null;
    }

    /// <summary>
    /// The part of the type that gets the field: the same for all findings, and of several files the one with the shortest name, C.cs
    /// before C.Loading.cs.
    /// </summary>
    public static (DocumentId Document, TypeDeclarationSyntax Owner)? OwnerOf(INamedTypeSymbol type, FixContext fix)
    {
        var parts = type.DeclaringSyntaxReferences
            .OrderBy(reference => reference.SyntaxTree.FilePath.Length)
            .ThenBy(reference => reference.SyntaxTree.FilePath, StringComparer.Ordinal).ThenBy(reference => reference.Span.Start);
        foreach (var part in parts)
        {
            if (part.GetSyntax(fix.CancellationToken) is TypeDeclarationSyntax { Members.Count: > 0 } owner
                && fix.Document.Project.GetDocument(part.SyntaxTree) is { } document)
                return (document.Id, owner);
        }

        return null;
    }

    public TypeDeclarationSyntax AddTo(TypeDeclarationSyntax type)
    {
        var index = type.Members.TakeWhile(IsStaticField).Count();
        var first = type.Members[0];
        var endOfLine = type.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        if (!endOfLine.IsKind(SyntaxKind.EndOfLineTrivia)) endOfLine = EndOfLine("\n");
        var field = ((FieldDeclarationSyntax)ParseMemberDeclaration($"private static readonly HttpClient {Name} = new HttpClient();")!)
            .WithLeadingTrivia(UnwrapUsing.Indentation(first)).WithTrailingTrivia(endOfLine);

        // What is no field has a blank line above it.
        var next = index < type.Members.Count ? type.Members[index] : null;
        if (next is null or FieldDeclarationSyntax || next.GetLeadingTrivia().FirstOrDefault().IsKind(SyntaxKind.EndOfLineTrivia))
            return type.WithMembers(type.Members.Insert(index, field));
        return type.WithMembers(type.Members.Replace(next, next.WithLeadingTrivia(next.GetLeadingTrivia().Insert(0, endOfLine)))
            .Insert(index, field));
    }

    // private static readonly HttpClient Http = new();
    private static bool IsPlain(IFieldSymbol field, FixContext fix) =>
        field.DeclaringSyntaxReferences.Length == 1
        && field.DeclaringSyntaxReferences[0].GetSyntax(fix.CancellationToken) is VariableDeclaratorSyntax
        {
            Initializer.Value: BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer: null }
        };

    private static string NameLike(string? other)
    {
        if (other is null) return "SharedHttpClient";
        if (other.StartsWith("s_", StringComparison.Ordinal)) return "s_httpClient";
        if (other[0] == '_') return "_httpClient";
        return char.IsLower(other[0]) ? "sharedHttpClient" : "SharedHttpClient";
    }

    private static bool IsStaticField(MemberDeclarationSyntax member) =>
        member is FieldDeclarationSyntax field
        && (field.Modifiers.Any(SyntaxKind.StaticKeyword) || field.Modifiers.Any(SyntaxKind.ConstKeyword));
}
