using System.Collections.Generic;
using System.Composition;
using AsyncGuard.Analysis.Cancellation;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Editing.Tokens;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixes.Cancellation;

/// <summary>
/// <c>CloseAsync(token)</c> → <c>CloseAsync(CancellationToken.None)</c>, or
/// <c>Shield.CompleteAsync(ct => CloseAsync(ct), token, grace)</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CancellableCleanupFix() : GuardFix(RuleTable.CancellableCleanup)
{
    private const string NoneKey = "AGD0306.None";
    private const string ShieldKey = "AGD0306.Shield";

    private protected override IEnumerable<FixPlan> Plans(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<ArgumentSyntax>() is not { Expression: var token } argument) yield break;
        if (!IsWhatEndsALoop(token, fix))
        {
            yield return new FixPlan("Pass 'CancellationToken.None'", NoneKey, all =>
            {
                var edits = all.In(fix.Document.Id);
                edits.Replace(token, current => ParseExpression("CancellationToken.None").WithTriviaFrom(current));
                KnownImports.Add(fix.Guard.Types.CancellationToken, edits, token, fix);
            });
        }

        if (ShieldedCall.For(argument, fix) is { } shielded)
            yield return new FixPlan("Give it 30 seconds with 'Shield.CompleteAsync'", ShieldKey,
                all => shielded.Record(all.In(fix.Document.Id), fix));
    }

    // foreach (…) { try { … } catch (Exception) { await RollbackAsync(token); } }: the loop is cancelled here, and would go on
    private static bool IsWhatEndsALoop(ExpressionSyntax token, FixContext fix) =>
        token.FirstAncestorOrSelf<CatchClauseSyntax>() is { } clause && fix.OperationOf(clause) is ICatchClauseOperation handler
        && SwallowedCancellation.Of(handler, fix.MemberOf(clause), fix.Guard) is not null
        && clause.Block.Statements.LastOrDefault() is not (ThrowStatementSyntax or ReturnStatementSyntax or BreakStatementSyntax);
}
