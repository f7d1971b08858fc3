using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis.Blocking;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Async;

/// <summary>Turns <c>using</c> into <c>await using</c>, as a statement or a declaration.</summary>
internal static class AwaitUsing
{
    // using (x) …  → await using (x) …      using var x = …; → await using var x = …;
    public static SyntaxNode Plain(SyntaxNode use) => use switch
    {
        UsingStatementSyntax statement =>
            statement.WithAwaitKeyword(Await(statement.UsingKeyword)).WithUsingKeyword(statement.UsingKeyword.WithLeadingTrivia()),
        LocalDeclarationStatementSyntax declaration =>
            declaration.WithAwaitKeyword(Await(declaration.UsingKeyword)).WithUsingKeyword(declaration.UsingKeyword.WithLeadingTrivia()),
        _ => use,
    };

    /// <summary>Whether <see cref="Configured"/> has a place for the variable: it moves out of the <c>using</c>.</summary>
    public static bool CanConfigure(StatementSyntax use) => use switch
    {
        UsingStatementSyntax { Declaration: null } => true,
        UsingStatementSyntax { Declaration.Variables.Count: 1, Parent: BlockSyntax } => true,
        LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1, Parent: BlockSyntax } => true,
        _ => false,
    };

    // using (var x = …) …  → var x = …; await using (x.ConfigureAwait(false)) …
    // using var x = …;     → var x = …; await using var xDisposal = x.ConfigureAwait(false);
    public static IReadOnlyList<SyntaxNode> Configured(SyntaxNode use)
    {
        switch (use)
        {
            case UsingStatementSyntax { Expression: { } resource } statement:
                return [Plain(statement.WithExpression(WithoutContext(resource)))];

            case UsingStatementSyntax { Declaration: { } variable } statement:
                var plain = statement.WithDeclaration(null)
                    .WithExpression(WithoutContext(IdentifierName(variable.Variables[0].Identifier.WithoutTrivia())));
                return [Kept(variable, statement.GetLeadingTrivia()), Plain(plain.WithLeadingTrivia(Indentation(statement)))];

            case LocalDeclarationStatementSyntax declaration:
                var name = declaration.Declaration.Variables[0].Identifier.WithoutTrivia();
                var configured = ParseStatement($"await using var {name.Text}Disposal = {name.Text}.ConfigureAwait(false);");
                return [Kept(declaration.Declaration, declaration.GetLeadingTrivia()),
                    configured.WithLeadingTrivia(Indentation(declaration)).WithTrailingTrivia(declaration.GetTrailingTrivia())];

            default:
                return [use];
        }
    }

    /// <summary>The calls of <c>CreateScope</c> that the statement keeps: <c>CreateAsyncScope</c> makes what can be awaited.</summary>
    public static IReadOnlyList<InvocationExpressionSyntax> ScopesIn(StatementSyntax use, FixContext fix)
    {
        var resources = use switch
        {
            UsingStatementSyntax { Expression: { } expression } => [expression],
            UsingStatementSyntax { Declaration: { } declaration } => declaration.Variables.Select(variable => variable.Initializer?.Value),
            LocalDeclarationStatementSyntax { Declaration: { } declaration } =>
                declaration.Variables.Select(variable => variable.Initializer?.Value),
            _ => [],
        };
        return resources.OfType<InvocationExpressionSyntax>().Where(call => SyncDisposal.IsScope(fix.OperationOf(call), fix.Guard))
            .ToList();
    }

    public static SyntaxNode AsyncScope(SyntaxNode call) =>
        call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } scope
            ? scope.WithExpression(access.WithName(IdentifierName("CreateAsyncScope").WithTriviaFrom(access.Name)))
            : call;

    /// <summary>The type that the statement declares its variable with; null where it says <c>var</c>.</summary>
    public static TypeSyntax? TypeIn(StatementSyntax use)
    {
        var type = use switch
        {
            UsingStatementSyntax { Declaration: { } declaration } => declaration.Type,
            LocalDeclarationStatementSyntax { Declaration: { } declaration } => declaration.Type,
            _ => null,
        };
        return type is null or { IsVar: true } ? null : type;
    }

    // IServiceScope scope = … → AsyncServiceScope scope = …
    public static SyntaxNode AsyncScopeType(SyntaxNode type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.WithRight(IdentifierName("AsyncServiceScope").WithTriviaFrom(qualified.Right)),
        _ => IdentifierName("AsyncServiceScope").WithTriviaFrom(type),
    };

    private static SyntaxToken Await(SyntaxToken keyword) => Token(keyword.LeadingTrivia, SyntaxKind.AwaitKeyword, TriviaList(Space));

    private static ExpressionSyntax WithoutContext(ExpressionSyntax resource)
    {
        var receiver =
            resource is NameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax
            or BaseObjectCreationExpressionSyntax or ParenthesizedExpressionSyntax or ThisExpressionSyntax
            ? resource
            : ParenthesizedExpression(resource);
        return InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver.WithoutTrivia(), IdentifierName("ConfigureAwait")),
            ArgumentList(SingletonSeparatedList(Argument(LiteralExpression(SyntaxKind.FalseLiteralExpression))))).WithTriviaFrom(resource);
    }

    private static StatementSyntax Kept(VariableDeclarationSyntax variable, SyntaxTriviaList leading) =>
        LocalDeclarationStatement(variable.WithoutTrivia()).WithLeadingTrivia(leading).WithTrailingTrivia(EndOfLine("\n"));

    private static SyntaxTriviaList Indentation(SyntaxNode node) =>
        TriviaList(node.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
}
