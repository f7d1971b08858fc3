using System.Collections.Generic;
using System.Composition;
using AsyncGuard.Analysis.Blocking;
using AsyncGuard.Editing.Limits;
using AsyncGuard.Editing.Offloading;
using AsyncGuard.Plans;
using AsyncGuard.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Fixes.Blocking;

/// <summary><c>gate.WaitOne()</c> → <c>await Task.Run(() => gate.WaitOne(), token)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BlockingPrimitiveFix() : GuardFix(RuleTable.BlockingPrimitive)
{
    private const string OffloadKey = "AGD0104.Offload";
    private const string OffloadSharedKey = "AGD0104.OffloadShared";
    private const string ForEachAsyncKey = "AGD0104.ForEachAsync";

    private protected override IEnumerable<FixPlan> Plans(FixContext fix)
    {
        if (fix.HasHint(FixHints.NoAwait) || fix.Node.FirstAncestorOrSelf<ExpressionSyntax>() is not { } node) yield break;
        if (fix.OperationOf(node) is not { } operation
            || BlockingPrimitive.Of(operation, fix.MemberOf(node), fix.Guard, out _) is not { IsThreadAffine: false, IsLazy: false })
            yield break;
        if (IsPartOfAnother(operation, fix)) yield break;

        if (node is InvocationExpressionSyntax call && ParallelLoop.For(call, fix) is { } loop)
            yield return new FixPlan("Await 'Parallel.ForEachAsync' instead", ForEachAsyncKey, all => loop.Record(all, fix));
        foreach (var plan in Offload.Plans(node, "Run on the thread pool and await", OffloadKey, OffloadSharedKey, fix)) yield return plan;
    }

    // new TcpClient(host, port).Client.Poll(…): the outer one takes the inner one with it
    private static bool IsPartOfAnother(IOperation operation, FixContext fix)
    {
        for (var parent = operation.Parent; parent is not null and not (IAnonymousFunctionOperation or IBlockOperation);
            parent = parent.Parent)
        {
            if (BlockingPrimitive.Of(parent, fix.MemberOf(parent.Syntax), fix.Guard, out _) is { IsThreadAffine: false, IsLazy: false }
                && parent.Syntax is ExpressionSyntax outer && Offload.CanMove(outer, fix))
                return true;
        }

        return false;
    }
}
