using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analyzers.Tests.Harness;

/// <summary>Offers an action that changes nothing.</summary>
public sealed class IdleFix : OldLiteralFix
{
    protected override ExpressionSyntax Replacement(LiteralExpressionSyntax literal) => literal;
}
