using System.Composition;
using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Fixes.Cancellation;

/// <summary><c>token.ThrowIfCancellationRequested();</c> first in the body.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ItemLoopIgnoresTokenFix() : GuardFix(RuleTable.ItemLoopIgnoresToken)
{
    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<SyntaxNode>(LoopBodies.IsLoop) is not StatementSyntax node
            || fix.OperationOf(node) is not ILoopOperation loop)
            return null;
        if (TakesItem(loop) || IsOverTaken(loop) || AcquireScope.Forbids(loop, fix.Guard)
            || TokenScope.Of(fix.Guard).Best(loop, fix.MemberOf(node)) is not { } token
            || PolledEnd.IsSkippedFrom(loop, token, fix.Guard))
            return null;

        return new FixPlan($"Throw where '{token.Expression}' is cancelled", "AGD0316.Throw", all =>
            all.In(fix.Document.Id)
            .Replace(node, current => LoopBodies.StartingWith((StatementSyntax)current, LoopBodies.Check(token.Expression))));
    }

    // while (queue.TryDequeue(out var item)) batch.Add(item); foreach (var item in batch) …: all of them have been taken
    private static bool IsOverTaken(ILoopOperation loop)
    {
        if (loop is not IForEachLoopOperation each
            || Unwrapped.Conversions(each.Collection) is not ILocalReferenceOperation { Local: var batch })
            return false;
        return FlowGraphs.RootOf(loop).Descendants().OfType<ILoopOperation>().Any(other =>
            (LoopTake.IsInCondition(other) || LoopTake.AtEnd(other) is not null)
            && other.Body.Descendants().OfType<IInvocationOperation>().Any(call =>
                call.Instance is ILocalReferenceOperation filled && SymbolEqualityComparer.Default.Equals(filled.Local, batch)));
    }

    // await foreach (var message in queue): an item that has been taken is not to be lost. while (i
    // < n && queue.TryDequeue(out var item)): the same
    private static bool TakesItem(ILoopOperation loop) => loop is IForEachLoopOperation { IsAsynchronous: true } or IWhileLoopOperation;
}
