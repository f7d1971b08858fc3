using System.Composition;
using System.Linq;
using AsyncGuard.Analysis.Cancellation;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixes.Cancellation;

/// <summary>
/// <c>when (ex is not OperationCanceledException)</c> →
/// <c>when (ex is not OperationCanceledException || !token.IsCancellationRequested)</c>
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class TimeoutEndsWorkerFix() : GuardFix(RuleTable.TimeoutEndsWorker)
{
    private const string Key = "AGD0313.LookAtToken";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<CatchClauseSyntax>() is not { } clause
            || fix.OperationOf(clause) is not ICatchClauseOperation handler)
            return null;
        if (TimeoutEndsWorker.Of(handler, fix.MemberOf(clause), fix.Guard) is not { Token.Expression: var token }) return null;
        return clause.Filter is null ? Ending(clause, handler, token, fix) : Excluding(clause, token, fix);
    }

    // catch (OperationCanceledException) { break; } → catch (OperationCanceledException) when (token.IsCancellationRequested) { break; }:
    // the next handler gets the time-out
    private static FixPlan? Ending(CatchClauseSyntax clause, ICatchClauseOperation handler, string token, FixContext fix)
    {
        if (handler.Parent is not ITryOperation attempt || clause.Declaration is not { } head) return null;
        var next = attempt.Catches.SkipWhile(other => other.Syntax != clause).Skip(1);
        if (!next.Any(other => other.Filter is null && fix.Guard.Cancellations.Catches(other.ExceptionType))) return null;

        return new FixPlan($"End only where '{token}' is cancelled", Key, all => all.In(fix.Document.Id).Replace(clause, current =>
        {
            var written = (CatchClauseSyntax)current;
            var trailing = written.Declaration!.GetTrailingTrivia();
            var filter = CatchFilterClause(ParseExpression($"{token}.IsCancellationRequested"))
                .WithWhenKeyword(Token(TriviaList(Space), SyntaxKind.WhenKeyword, TriviaList(Space))).WithTrailingTrivia(trailing);
            return written.WithDeclaration(written.Declaration.WithoutTrailingTrivia()).WithFilter(filter);
        }));
    }

    private static FixPlan? Excluding(CatchClauseSyntax clause, string token, FixContext fix)
    {
        if (TestIn(clause.Filter!.FilterExpression, fix) is not { } test) return null;
        return new FixPlan($"Let only the cancellation of '{token}' through", Key, all => all.In(fix.Document.Id).Replace(test, current =>
        {
            var either = ParseExpression($"{current.WithoutTrivia()} || !{token}.IsCancellationRequested");
            return (test.Parent is CatchFilterClauseSyntax or ParenthesizedExpressionSyntax { Parent: CatchFilterClauseSyntax } ? either
                : ParenthesizedExpression(either)).WithTriviaFrom(current);
        }));
    }

    // ex is not OperationCanceledException, !(ex is OperationCanceledException)
    private static ExpressionSyntax? TestIn(ExpressionSyntax filter, FixContext fix) => filter switch
    {
        ParenthesizedExpressionSyntax inner => TestIn(inner.Expression, fix),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both => TestIn(both.Left, fix) ?? TestIn(both.Right, fix),
        IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax } =>
            CancellationHandler.HasTypeTest(fix.OperationOf(filter)!, fix.Guard) ? filter : null,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } =>
            CancellationHandler.HasTypeTest(fix.OperationOf(filter)!, fix.Guard) ? filter : null,
        _ => null,
    };
}
