using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Concurrency;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Groups;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Fixes.Structured;

/// <summary>
/// A task or a list of tasks that is not awaited → owned by a task group around the block, or awaited where the block ends.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AbandonedTaskFix() : GuardFix(RuleTable.AbandonedTask)
{
    private protected override async Task<IEnumerable<FixPlan>> PlansAsync(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<SyntaxNode>(
            node => node is VariableDeclaratorSyntax or SingleVariableDesignationSyntax) is not { } declaration)
            return [];
        if (fix.Model.GetDeclaredSymbol(declaration, fix.CancellationToken) is not ILocalSymbol local) return [];

        if (StatementList.StatementAround(declaration) is not { } statement || fix.OperationOf(statement) is not { } place) return [];

        // A task that is written over is lost before the end.
        var holder = TaskHolder.Of(local, place, fix.Guard);
        if (holder.IsTakenCareOf(place, fix.Guard)) return [];
        foreach (var start in holder.Starts)
        {
            if (IsCancelledLater(start, fix) || EndlessWork.Is(start, fix.Guard) || ConditionalContinuation.Is(start, fix.Guard)) return [];
            if (start.Syntax is ExpressionSyntax work && (WorkThatTakes.IsHeldBy(work, fix)
                || await WorkElsewhere.IsEndlessAsync(work, isDeliberate: false, fix).ConfigureAwait(false)))
                return [];
        }

        return Plans(declaration, local, holder, fix);
    }

    // var work = LoopAsync(source.Token); …; source.Cancel(); the task ends with that cancellation, which no caller of this code expects.
    // AGD0305 awaits it and takes it.
    private static bool IsCancelledLater(IOperation start, FixContext fix) =>
        start.DescendantsAndSelf().Any(part => fix.Guard.Tokens.IsToken(part.Type))
        && FlowGraphs.RootOf(start).Descendants().OfType<IInvocationOperation>().Any(call =>
            call.Syntax.SpanStart > start.Syntax.Span.End && CancellationMembers.Cancel.Is(call.TargetMethod));

    private static IEnumerable<FixPlan> Plans(SyntaxNode declaration, ILocalSymbol local, TaskHolder holder, FixContext fix)
    {
        if (KeptTasks.StartsOf(holder) is { } starts)
        {
            foreach (var plan in Grouping.Plans(starts, KeptTasks.Obsolete(holder, declaration),
                holder.IsCollection ? "Run them in a task group" : "Run it in a task group", "AGD0205.Group", fix))
                yield return plan;
        }

        if (AwaitAtEnd.For(declaration, local, fix) is not { } join) yield break;
        var title = fix.Guard.Awaitables.IsAwaitable(local.Type) ? "Await it at the end" : "Await 'Task.WhenAll' at the end";
        yield return new FixPlan(title, "AGD0205.Join", all => join.Record(all, fix));
    }
}
