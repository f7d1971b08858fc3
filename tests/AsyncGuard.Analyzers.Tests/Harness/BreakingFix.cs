using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analyzers.Tests.Harness;

/// <summary>Its result does not compile.</summary>
public sealed class BreakingFix : OldLiteralFix
{
    protected override ExpressionSyntax Replacement(LiteralExpressionSyntax literal) => SyntaxFactory.IdentifierName("nowhere");
}
