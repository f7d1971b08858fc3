using System.Composition;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Fixes.Cancellation;

/// <summary><c>catch (TaskCanceledException)</c> → <c>catch (OperationCanceledException)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NarrowCancellationCatchFix() : GuardFix(RuleTable.NarrowCancellationCatch)
{
    private const string Key = "AGD0311.CatchBase";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<CatchClauseSyntax>() is not { Declaration: not null } clause) return null;
        return new FixPlan("Catch 'OperationCanceledException'", Key, all =>
        {
            var edits = all.In(fix.Document.Id);
            edits.Replace(clause, current => CatchClauses.OfEveryCancellation((CatchClauseSyntax)current));
            KnownImports.Add(fix.Guard.Types.OperationCanceledException, edits, clause, fix);
        });
    }
}
