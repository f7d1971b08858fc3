using System.Collections.Generic;
using System.Composition;
using System.Threading.Tasks;
using AsyncGuard.Editing.Async;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Fixes.Blocking;

/// <summary>
/// <c>int Load() => LoadAsync().Result</c> → <c>async Task&lt;int&gt; Load() => await LoadAsync()</c>, and its callers await it.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SyncOverAsyncFix() : GuardFix(RuleTable.SyncOverAsync)
{
    private const string Key = "AGD0108.MakeAsync";

    private protected override async Task<IEnumerable<FixPlan>> PlansAsync(FixContext fix) =>
        fix.Node.FirstAncestorOrSelf<ExpressionSyntax>() is { } wait
        && await AsyncConversion.OfAsync(wait, fix).ConfigureAwait(false) is { } conversion
            ? [new FixPlan("Make the method async and await", Key, conversion.Record)]
            : [];
}
