using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analyzers.Tests.Harness;

/// <summary>Puts an await where the literal was.</summary>
public sealed class AwaitingFix : OldLiteralFix
{
    protected override ExpressionSyntax Replacement(LiteralExpressionSyntax literal) =>
        SyntaxFactory.ParseExpression("await Task.FromResult(\"new\")");
}
