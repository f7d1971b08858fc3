using System.Composition;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Limits;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Fixes.Structured;

/// <summary>
/// <c>list.ForEach(async x => …)</c> → <c>foreach</c> with <c>await</c>; <c>Parallel.ForEach(items, async x => …)</c> →
/// <c>await Parallel.ForEachAsync</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AsyncVoidLambdaFix() : GuardFix(RuleTable.AsyncVoidLambda)
{
    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<LambdaExpressionSyntax>(
            ) is not { Parent: ArgumentSyntax { NameColon: null, Parent.Parent: InvocationExpressionSyntax call } } lambda)
            return null;
        if (AwaitedLoop.For(call, lambda, fix) is { } loop)
            return new FixPlan("Use 'foreach' and await", "AGD0204.ForEach", all => loop.Record(all.In(fix.Document.Id)));
        if (ParallelLoop.ForAsync(call, lambda, fix) is { } parallel)
            return new FixPlan("Use 'Parallel.ForEachAsync'", "AGD0204.ParallelForEachAsync", all => parallel.Record(all, fix));
        return null;
    }
}
