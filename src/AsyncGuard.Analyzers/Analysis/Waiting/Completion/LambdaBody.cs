using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Waiting.Completion;

/// <summary>What a lambda returns, where that is all that it does.</summary>
internal static class LambdaBody
{
    /// <summary>The expression in <c>x => expression</c> and in <c>x => { return expression; }</c>.</summary>
    public static ExpressionSyntax? Expression(SyntaxNode lambda) => lambda switch
    {
        LambdaExpressionSyntax { ExpressionBody: { } body } => Unwrapped.Parentheses(body),
        LambdaExpressionSyntax { Block.Statements: { Count: 1 } statements }
            when statements[0] is ReturnStatementSyntax { Expression: { } body } => Unwrapped.Parentheses(body),
        _ => null,
    };
}
