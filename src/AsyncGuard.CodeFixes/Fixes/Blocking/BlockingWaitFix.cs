using System.Composition;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using AsyncGuard.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Fixes.Blocking;

/// <summary>
/// <c>task.Result</c> → <c>await task</c>; <c>if (!task.Wait(limit)) throw new TimeoutException();</c> →
/// <c>await task.WaitAsync(limit);</c>; <c>Task.WaitAll(a, b)</c> → <c>await Task.WhenAll(a, b)</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BlockingWaitFix() : GuardFix(RuleTable.BlockingWait)
{
    private const string Key = "AGD0102.Await";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.HasHint(FixHints.NoAwait) || fix.Node.FirstAncestorOrSelf<ExpressionSyntax>() is not { } node) return null;
        if (fix.OperationOf(node) is not { } operation || TaskWait.Of(operation, fix.Guard) is null) return null;
        if (!Awaiting.IsLegalAt(operation) || AggregateHandler.Guards(operation) || AggregateHandler.GuardsCaller(node, fix)) return null;
        if (AsyncSignature.For(node, fix) is not { } signature) return null;
        if (ThrowingWait.Of(node, operation, fix) is { } throwing) return OfThrowing(throwing, signature, fix);
        if (WaitReplacement.Of(node, operation, fix) is not { } replacement) return null;

        var configureAwait = Awaiting.UsesConfigureAwait(node, fix, replacement.AwaitedType(fix));
        return new FixPlan("Await it", Key, all =>
        {
            var edits = all.In(fix.Document.Id);
            edits.Replace(node,
                current => Awaiting.InPlaceOf((ExpressionSyntax)current, replacement.Write((ExpressionSyntax)current), configureAwait));
            signature.Record(edits);
        });
    }

    private static FixPlan OfThrowing(ThrowingWait wait, AsyncSignature signature, FixContext fix)
    {
        var configureAwait = Awaiting.UsesConfigureAwait(wait.Statement, fix, wait.AwaitedType);
        return new FixPlan("Await it", Key, all =>
        {
            var edits = all.In(fix.Document.Id);
            edits.Replace(wait.Statement, current => wait.Write((IfStatementSyntax)current, configureAwait));
            KnownImports.AddTimeSpan(edits, wait.Statement, fix);
            signature.Record(edits);
        });
    }
}
