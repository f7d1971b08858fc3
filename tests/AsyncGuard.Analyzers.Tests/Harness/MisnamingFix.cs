using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analyzers.Tests.Harness;

/// <summary>Writes the right text as the wrong tree: a call as one identifier.</summary>
public sealed class MisnamingFix : OldLiteralFix
{
    protected override ExpressionSyntax Replacement(LiteralExpressionSyntax literal) =>
        SyntaxFactory.IdentifierName("string.Concat(\"new\")");
}
