using System.Composition;
using System.Linq;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixes.Cancellation;

/// <summary>
/// <c>catch (Exception ex)</c> → <c>catch (Exception ex) when (ex is not OperationCanceledException)</c>; a handler of cancellations alone throws them on.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SwallowedCancellationFix() : GuardFix(RuleTable.SwallowedCancellation)
{
    // One key, so that Fix All mends handlers of both kinds.
    private const string Key = "AGD0304.LetThrough";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<CatchClauseSyntax>() is not { } clause || fix.OperationOf(clause) is not ICatchClauseOperation handler) return null;
        return fix.Guard.Cancellations.Is(handler.ExceptionType) ? Throwing(clause, handler, fix) : Filtering(clause, fix);
    }

    private static FixPlan? Filtering(CatchClauseSyntax clause, FixContext fix)
    {
        if (CatchClauses.NameIn(clause, fix) is not { } name) return null;
        var hasPatterns = ((CSharpParseOptions)clause.SyntaxTree.Options).LanguageVersion >= LanguageVersion.CSharp9;
        return new FixPlan("Let cancellation through", Key, all =>
        {
            var edits = all.In(fix.Document.Id);
            edits.Replace(clause, current => CatchClauses.ExceptCancellation((CatchClauseSyntax)current, name, hasPatterns));
            KnownImports.Add(fix.Guard.Types.OperationCanceledException, edits, clause, fix);
        });
    }

    private static FixPlan? Throwing(CatchClauseSyntax clause, ICatchClauseOperation handler, FixContext fix)
    {
        if (GoesOnInside(clause.Block)) return null;
        var isNarrow = SymbolEqualityComparer.Default.Equals(handler.ExceptionType, fix.Guard.Types.TaskCanceledException);
        return new FixPlan("Throw the cancellation on", Key, all =>
        {
            var edits = all.In(fix.Document.Id);
            edits.Replace(clause, current =>
            {
                var written = (CatchClauseSyntax)current;
                written = written.WithBlock(Throwing(written.Block));
                return isNarrow ? CatchClauses.OfEveryCancellation(written) : written;
            });
            if (isNarrow) KnownImports.Add(fix.Guard.Types.OperationCanceledException, edits, clause, fix);
        });
    }

    private static BlockSyntax Throwing(BlockSyntax block) => block.Statements.LastOrDefault() is ContinueStatementSyntax last
        ? block.WithStatements(block.Statements.Replace(last, ParseStatement("throw;").WithTriviaFrom(last)))
        : InsertStatement.Last(block, "throw;");

    // if (retry) continue; somewhere in the middle
    private static bool GoesOnInside(BlockSyntax block) =>
        block.DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax).Any(node => node is ContinueStatementSyntax or GotoStatementSyntax && (node.Parent != block || node != block.Statements.Last()));
}
