using System.Linq;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Catalog;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Syntax;

/// <summary>
/// Moves the call that takes something in front of the <c>try</c> that gives it back:
/// <c>try { await gate.WaitAsync(); … } finally { gate.Release(); }</c> →
/// <c>await gate.WaitAsync(); try { … } finally { gate.Release(); }</c>
/// </summary>
internal sealed class MoveBeforeTry
{
    private const string Purpose = "move before try";

    private readonly TryStatementSyntax _attempt;

    private MoveBeforeTry(TryStatementSyntax attempt) => _attempt = attempt;

    /// <summary>How the call moves; null where it is not the first of a <c>try</c> that has nothing but a <c>finally</c>.</summary>
    public static MoveBeforeTry? For(IOperation acquire, FixContext fix)
    {
        if (AcquireScope.TryOfAcquire(acquire)?.Syntax is not TryStatementSyntax
            {
                Catches.Count: 0, Finally: not null,
                Parent: BlockSyntax or SwitchSectionSyntax
            } attempt)
            return null;
        if (attempt.Block.Statements.FirstOrDefault() is not ExpressionStatementSyntax first || !first.Span.Contains(acquire.Syntax.Span)
            || !IsNothingElse(first.Expression, acquire.Syntax))
            return null;
        // Outside of it, the same must hold: no other try gives it back.
        if (fix.OperationOf(attempt) is not ITryOperation place || AcquireScope.Forbids(place, fix.Guard) || !OnlyGivesBack(place, fix))
            return null;
        return first.GetLeadingTrivia().Concat(attempt.TryKeyword.TrailingTrivia).Concat(attempt.Block.OpenBraceToken.TrailingTrivia)
            .Any(UnwrapUsing.IsComment) || attempt.ContainsDirectives ? null : new MoveBeforeTry(attempt);
    }

    /// <summary>
    /// Whether the <c>try</c> does nothing for a call in it that throws but to give back what was taken: it takes no cancellation, and its
    /// <c>finally</c> has nothing else to do.
    /// </summary>
    public static bool OnlyGivesBack(ITryOperation attempt, FixContext fix) =>
        !attempt.Catches.Any(clause => fix.Guard.Cancellations.Catches(clause.ExceptionType) || CatchesDisposal(clause.ExceptionType))
        && attempt.Finally is { } cleanup
        && cleanup.Descendants().OfType<IExpressionStatementOperation>()
            .Count(statement => statement.Operation is not IInvocationOperation call || !LogCall.Is(call.TargetMethod, fix.Guard)) <= 1;

    // catch (ObjectDisposedException): what is taken may be gone, which the call says by that
    private static bool CatchesDisposal(ITypeSymbol? caught) =>
        caught is null || ApiTypes.CatchesDisposal.Is(caught);

    public void Record(DocumentEdits edits)
    {
        if (!edits.IsFirst(_attempt, Purpose)) return;
        edits.ReplaceByMany(_attempt, current =>
        {
            var attempt = (TryStatementSyntax)current;
            var first = attempt.Block.Statements[0];
            return
            [
                StatementList.OnItsLine(first, _attempt).WithLeadingTrivia(attempt.GetLeadingTrivia()),
                attempt.WithLeadingTrivia(StatementList.Indentation(attempt))
                    .WithBlock(attempt.Block.WithStatements(attempt.Block.Statements.RemoveAt(0))),
            ];
        });
    }

    // gate.Wait(), await gate.WaitAsync().ConfigureAwait(false)
    private static bool IsNothingElse(ExpressionSyntax statement, SyntaxNode acquire)
    {
        if (statement is AwaitExpressionSyntax awaited) statement = awaited.Expression;
        return ConfiguredTask.In(statement) == acquire;
    }
}
