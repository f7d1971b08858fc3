using System.Composition;
using System.Linq;
using AsyncGuard.Analysis.Blocking;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Fixes.Cancellation;

/// <summary>
/// Moves what takes the permit in front of the <c>try</c>, or puts what follows it into a <c>try</c> whose <c>finally</c> releases.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ReleaseWithoutAcquireFix() : GuardFix(RuleTable.ReleaseWithoutAcquire)
{
    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>(
            node => node.Span == fix.Diagnostic.Location.SourceSpan) is not { } node
            || fix.OperationOf(node) is not IInvocationOperation call)
            return null;
        return PermitUse.FaultOf(call, fix.Guard) switch
        {
            PermitFault.TakenInside => Moved(call, fix),
            PermitFault.ReleaseSkipped => Protected(call, fix),
            _ => null,
        };
    }

    // try { await gate.WaitAsync(token); … } → await gate.WaitAsync(token); try { … }
    private static FixPlan? Moved(IInvocationOperation call, FixContext fix)
    {
        if (PermitUse.TryAround(call, fix.Guard) is not
            {
                Syntax: TryStatementSyntax
                {
                    Parent: BlockSyntax or SwitchSectionSyntax,
                    Block.Statements: { Count: > 1 } statements
                } attempt
            } around || !MoveBeforeTry.OnlyGivesBack(around, fix))
            return null;
        var first = statements[0];
        if (!first.Span.Contains(call.Syntax.Span) || !TextLines.IsOneLine(first) || first.ContainsDirectives) return null;
        // Whether it has been taken is not looked at: where the time is up, it would be released all the same.
        if (first is ExpressionStatementSyntax && Result(call.TargetMethod.ReturnType, fix) is not { SpecialType: SpecialType.System_Void })
            return null;
        return new FixPlan("Move it in front of the 'try'", "AGD0312.Move", all => all.In(fix.Document.Id).ReplaceByMany(attempt, current =>
        {
            var written = (TryStatementSyntax)current;
            var taking = written.Block.Statements[0];
            var rest = written.WithBlock(written.Block.WithStatements(written.Block.Statements.RemoveAt(0)));
            return [taking.WithLeadingTrivia(Above(taking, written)), rest.WithLeadingTrivia(StatementList.Indentation(attempt))];
        }));
    }

    private static ITypeSymbol Result(ITypeSymbol returned, FixContext fix) => fix.Guard.Awaitables.ResultOf(returned) ?? returned;

    // What stands above the statement stands above it still: try { // take it … → // take it …
    private static SyntaxTriviaList Above(StatementSyntax taking, TryStatementSyntax attempt)
    {
        var above = attempt.GetLeadingTrivia();
        var lineEnd = attempt.Block.OpenBraceToken.TrailingTrivia.LastOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        foreach (var comment in taking.GetLeadingTrivia().Where(UnwrapUsing.IsComment))
        {
            above = above.Add(comment);
            if (lineEnd.IsKind(SyntaxKind.EndOfLineTrivia)) above = above.Add(lineEnd).AddRange(StatementList.Indentation(attempt));
        }

        return above;
    }

    // await gate.WaitAsync(); Save(); gate.Release(); → await gate.WaitAsync(); try { Save(); } finally { gate.Release(); }
    private static FixPlan? Protected(IInvocationOperation call, FixContext fix)
    {
        if (PermitUse.UnprotectedPart(call, fix.Guard) is not { Release.Syntax: StatementSyntax release } part
            || release.Parent is not BlockSyntax block)
            return null;
        var between = part.Between.Select(operation => operation.Syntax).OfType<StatementSyntax>().ToList();
        if (between.Count == 0
            || between.Exists(statement => statement.Parent != block
            || statement is LocalFunctionStatementSyntax or LabeledStatementSyntax) || !TextLines.CanIndent(block))
            return null;
        return new FixPlan("Release it in a 'finally'", "AGD0312.Finally",
            all => all.In(fix.Document.Id)
                .Replace(block,
                current => TextLines.WithTryFinally((BlockSyntax)current, block.Statements.IndexOf(between[0]),
                    block.Statements.IndexOf(release))));
    }
}
