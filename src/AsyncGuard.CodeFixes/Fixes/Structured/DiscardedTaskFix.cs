using System.Collections.Generic;
using System.Composition;
using System.Threading.Tasks;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Groups;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Fixes.Structured;

/// <summary>
/// <c>_ = SendAsync();</c> → a child of a task group, or of a <c>BackgroundTaskGroup</c> that the object owns; without the runtime library
/// awaited.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class DiscardedTaskFix() : GuardFix(RuleTable.DiscardedTask)
{
    // `_ =` is written on purpose.
    private protected override bool IsForOneOnly => true;

    private protected override async Task<IEnumerable<FixPlan>> PlansAsync(FixContext fix) =>
        Discarded(fix) is { } node && !ConditionalContinuation.Is(fix.OperationOf(node), fix.Guard)
            ? Plans(node, canWait: !await UnwaitableWork.MayBeAsync(node, fix).ConfigureAwait(false), fix) : [];

    private static IEnumerable<FixPlan> Plans(ExpressionSyntax node, bool canWait, FixContext fix)
    {
        foreach (var plan in canWait ? Grouping.Plans([(node, node)], removed: null, "Run it in a task group", "AGD0202.Group", fix) : [])
            yield return plan;
        foreach (var plan in BackgroundStart.Plans(node, "Start it in a 'BackgroundTaskGroup'", "AGD0202.Background", fix))
            yield return plan;
        if (canWait && fix.Guard.Types.TaskGroup is null && AwaitPlan(node, fix) is { } awaiting) yield return awaiting;
    }

    private static ExpressionSyntax? Discarded(FixContext fix)
    {
        var node = fix.Node.FirstAncestorOrSelf<ExpressionSyntax>();
        while (node?.Parent is ExpressionSyntax outer && outer.Span == fix.Diagnostic.Location.SourceSpan) node = outer;
        return node;
    }

    // _ = SendAsync();  →  await SendAsync();
    private static FixPlan? AwaitPlan(ExpressionSyntax node, FixContext fix)
    {
        if (node.Parent is not AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } assignment
            || fix.OperationOf(node) is not { } operation || !Awaiting.IsLegalAt(operation) || SignalledLater.Is(node, fix.Model, fix))
            return null;
        if (node is ConditionalAccessExpressionSyntax && !fix.Guard.Awaitables.IsTask(operation.Type)) return null;
        var isNested = NestedTask.Is(node, fix);
        if (AsyncSignature.For(node, fix) is not { } signature) return null;

        var configureAwait = Awaiting.UsesConfigureAwait(node, fix, operation.Type);
        return new FixPlan("Await it", "AGD0202.Await", all =>
        {
            var edits = all.In(fix.Document.Id);
            edits.Replace(assignment,
                current => Awaiting.InPlaceOf((ExpressionSyntax)current,
                    isNested ? NestedTask.Unwrap(((AssignmentExpressionSyntax)current).Right)
                        : NullConditional.OrCompleted(((AssignmentExpressionSyntax)current).Right), configureAwait));
            signature.Record(edits);
            if (isNested || node is ConditionalAccessExpressionSyntax) KnownImports.AddTask(edits, node, fix);
        });
    }
}
