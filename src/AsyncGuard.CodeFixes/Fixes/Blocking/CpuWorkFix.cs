using System.Collections.Generic;
using System.Composition;
using System.Linq;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Editing.Offloading;
using AsyncGuard.Plans;
using AsyncGuard.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Fixes.Blocking;

/// <summary>
/// <c>Hash(text)</c> → <c>await Task.Run(() => Hash(text), token)</c>, and a loop with all that is in it.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CpuWorkFix() : GuardFix(RuleTable.CpuWork)
{
    private const string Title = "Run on the thread pool and await";
    private const string Key = "AGD0106.Offload";
    private const string KeyOfShared = "AGD0106.OffloadShared";

    private protected override IEnumerable<FixPlan> Plans(FixContext fix)
    {
        if (fix.HasHint(FixHints.NoAwait)) return [];
        if (fix.Node is not (ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax))
            return Offload.NodeAt(fix) is { } node ? Offload.Plans(node, Title, Key, KeyOfShared, fix) : [];
        var key = fix.OperationOf(fix.Node) is { } loop && ThreadBoundObject.IsUsedIn(loop, fix.Guard) ? KeyOfShared : Key;
        return LoopOffload.For((StatementSyntax)fix.Node, fix).Select(way => new FixPlan(Title, key, all => way.Record(all, fix)));
    }
}
