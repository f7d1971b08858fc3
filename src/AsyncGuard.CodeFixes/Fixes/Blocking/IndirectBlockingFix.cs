using System.Collections.Generic;
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
    private const string KeyOfShared = "AGD0105.OffloadShared";

    private protected override IEnumerable<FixPlan> Plans(FixContext fix) =>
        fix.HasHint(FixHints.NoAwait) || Offload.NodeAt(fix) is not { } node ? []
        : Offload.Plans(node, "Run on the thread pool and await", Key, KeyOfShared, fix);
}
