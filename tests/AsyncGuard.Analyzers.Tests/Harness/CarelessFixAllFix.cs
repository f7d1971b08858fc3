using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Analyzers.Tests.Harness;

/// <summary>Its Fix All works in a document, but does nothing in a project or solution.</summary>
public sealed class CarelessFixAllFix : OldLiteralFix
{
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(async (context, document, diagnostics) =>
    {
        if (context.Scope == FixAllScope.Document)
        {
            foreach (var diagnostic in diagnostics.OrderByDescending(diagnostic => diagnostic.Location.SourceSpan.Start))
                document = await ReplaceAsync(document, diagnostic.Location.SourceSpan, context.CancellationToken).ConfigureAwait(false);
        }

        return document;
    });

    protected override ExpressionSyntax Replacement(LiteralExpressionSyntax literal) => Literal("new");
}
