using System.Composition;
using AsyncGuard.Analysis.Cancellation;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Fixes.Cancellation;

/// <summary><c>catch (TaskCanceledException)</c> → <c>catch (OperationCanceledException)</c>, the same in the tests of a clause.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NarrowCancellationCatchFix() : GuardFix(RuleTable.NarrowCancellationCatch)
{
    private const string Key = "AGD0311.CatchBase";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<CatchClauseSyntax>() is not { Declaration: not null } clause) return null;
        var tests = fix.Model.GetOperation(clause) is ICatchClauseOperation operation ? NarrowTypeTest.Of(operation, fix.Guard) : null;
        return new FixPlan("Catch 'OperationCanceledException'", Key, all =>
        {
            var edits = all.In(fix.Document.Id);
            if (tests is null) edits.Replace(clause, current => CatchClauses.OfEveryCancellation((CatchClauseSyntax)current));
            else
            {
                foreach (var type in tests.Types) edits.Replace(type, CatchClauses.EveryCancellation);
            }

            KnownImports.Add(fix.Guard.Types.OperationCanceledException, edits, clause, fix);
        });
    }
}
