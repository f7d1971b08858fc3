using System.Composition;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Groups;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Fixes.Structured;

/// <summary>
/// <c>if (await Task.WhenAny(task, Task.Delay(t)) != task) throw new TimeoutException();</c> → <c>await task.WaitAsync(t);</c>, and a race
/// for a result →
/// <c>await TaskGroup.RaceAsync(…)</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class LosersOfWhenAnyFix() : GuardFix(RuleTable.LosersOfWhenAny)
{
    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } race) return null;
        if (TimeoutForm.Of(race, fix) is { } timeout)
            return new FixPlan("Use 'WaitAsync' with the time-out", "AGD0208.WaitAsync", all => timeout.Record(all.In(fix.Document.Id)));
        if (RaceForm.Of(race, fix) is { } form)
            return new FixPlan("Use 'TaskGroup.RaceAsync', which cancels the losers", "AGD0208.RaceAsync",
                all => form.Record(all.In(fix.Document.Id)));
        return null;
    }
}
