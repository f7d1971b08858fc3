using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analyzers.Tests.Harness;

public sealed class GoodFix : OldLiteralFix
{
    protected override ExpressionSyntax Replacement(LiteralExpressionSyntax literal) => Literal("new");
}
