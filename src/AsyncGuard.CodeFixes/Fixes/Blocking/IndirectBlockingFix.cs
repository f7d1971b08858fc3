using System.Composition;
using AsyncGuard.Editing.Offloading;
using AsyncGuard.Plans;
using AsyncGuard.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Fixes.Blocking;

/// <summary><c>Load(path)</c> → <c>await Task.Run(() => Load(path), token)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class IndirectBlockingFix() : GuardFix(RuleTable.IndirectBlocking)
{
    private const string Key = "AGD0105.Offload";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.HasHint(FixHints.NoAwait) || Offload.NodeAt(fix) is not { } node || Offload.For(node, fix) is not { } offload) return null;
        return new FixPlan("Run on the thread pool and await", Key, all => offload.Record(all, fix));
    }
}
