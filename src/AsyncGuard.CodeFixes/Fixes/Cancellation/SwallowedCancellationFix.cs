using System.Composition;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Fixes.Cancellation;

/// <summary>
/// <c>catch (Exception ex)</c> → <c>catch (Exception ex) when (ex is not OperationCanceledException)</c>; a handler of cancellations alone
/// throws them on.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SwallowedCancellationFix() : GuardFix(RuleTable.SwallowedCancellation)
{
    // One key, so that Fix All fixes handlers of both kinds.
    private const string Key = "AGD0304.LetThrough";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<CatchClauseSyntax>() is not { } clause
            || fix.OperationOf(clause) is not ICatchClauseOperation handler)
            return null;
        return HandlerFilter.For(clause, handler, fix) is { } filter
            ? new FixPlan("Let cancellation through", Key, all => filter.Record(all.In(fix.Document.Id), fix)) : null;
    }
}
