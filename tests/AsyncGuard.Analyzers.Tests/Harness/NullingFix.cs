using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analyzers.Tests.Harness;

/// <summary>Its result compiles, with a warning that the original had not.</summary>
public sealed class NullingFix : OldLiteralFix
{
    protected override ExpressionSyntax Replacement(LiteralExpressionSyntax literal) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.NullLiteralExpression);
}
