using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Analyzers.Tests.Harness;

/// <summary>Replaces the literal; the derived ones do it well or badly.</summary>
public abstract class OldLiteralFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => [OldLiteralAnalyzer.Rule.Id];

    public override FixAllProvider? GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        context.RegisterCodeFix(
            CodeAction.Create("Say new", cancellationToken => ReplaceAsync(context.Document, context.Span, cancellationToken), "new"),
            context.Diagnostics);
        return Task.CompletedTask;
    }

    protected abstract ExpressionSyntax Replacement(LiteralExpressionSyntax literal);

    protected static ExpressionSyntax Literal(string value) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(value));

    protected async Task<Document> ReplaceAsync(Document document, TextSpan span, CancellationToken cancellationToken)
    {
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var literal = (LiteralExpressionSyntax)root.FindNode(span, getInnermostNodeForTie: true);
        return document.WithSyntaxRoot(root.ReplaceNode(literal, Replacement(literal).WithTriviaFrom(literal)));
    }
}
