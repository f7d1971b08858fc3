using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analyzers.Tests.Harness;

/// <summary>Its result is reported again, forever.</summary>
public sealed class EndlessFix : OldLiteralFix
{
    protected override ExpressionSyntax Replacement(LiteralExpressionSyntax literal) => Literal(literal.Token.ValueText + "er");
}
