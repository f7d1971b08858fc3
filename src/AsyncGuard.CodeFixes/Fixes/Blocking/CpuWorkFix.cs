using System.Composition;
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

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.HasHint(FixHints.NoAwait)) return null;
        if (fix.Node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax)
            return LoopOffload.For((StatementSyntax)fix.Node, fix) is { } loop ? new FixPlan(Title, Key, all => loop.Record(all, fix)) : null;
        return Offload.NodeAt(fix) is { } node && Offload.For(node, fix) is { } offload ? new FixPlan(Title, Key, all => offload.Record(all, fix)) : null;
    }
}
