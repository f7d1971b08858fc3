using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analyzers.Tests.Harness;

/// <summary>Needs two steps for each literal: <c>old</c>, <c>older</c>, <c>new</c>.</summary>
public sealed class StepwiseFix : OldLiteralFix
{
    protected override ExpressionSyntax Replacement(LiteralExpressionSyntax literal) =>
        Literal(literal.Token.ValueText == "old" ? "older" : "new");
}
