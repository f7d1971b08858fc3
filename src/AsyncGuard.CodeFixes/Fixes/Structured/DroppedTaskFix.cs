using System.Collections.Generic;
using System.Composition;
using System.Threading.Tasks;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Groups;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixes.Structured;

/// <summary>
/// <c>SaveAsync();</c> → <c>await SaveAsync();</c>, a child of a task group (without the runtime library, of a list that is awaited), where
/// nothing can wait of a <c>BackgroundTaskGroup</c> that the object owns, or <c>_ = SaveAsync();</c>. Also for the compiler's CS4014.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class DroppedTaskFix() : GuardFix(RuleTable.DroppedTask, CompilerId)
{
    private const string CompilerId = "CS4014";

    private protected override async Task<IEnumerable<FixPlan>> PlansAsync(FixContext fix) =>
        DroppedExpression(fix) is { } node && fix.OperationOf(node) is { } dropped
            ? Plans(node, dropped, canWait: !await UnwaitableWork.IsAsync(node, fix).ConfigureAwait(false), fix) : [];

    private static IEnumerable<FixPlan> Plans(ExpressionSyntax node, IOperation dropped, bool canWait, FixContext fix)
    {
        if (ConditionalContinuation.Is(dropped, fix.Guard))
        {
            // Only code that expects the cancellation can wait for it.
        }
        else if (!canWait)
        {
            foreach (var plan in BackgroundPlans(node, fix)) yield return plan;
        }
        else
        {
            var awaiting = AwaitPlan(node, dropped, fix);
            if (awaiting is not null) yield return awaiting;
            foreach (var plan in OwnedPlans(node, dropped, awaiting is not null, fix)) yield return plan;
        }

        if (IsUnderscoreTaken(node, fix)) yield break;
        yield return new FixPlan("Discard it with '_ ='", "AGD0201.Discard", all => all.In(fix.Document.Id).Replace(node, Discarded));
    }

    // Time that passes needs no owner.
    private static IEnumerable<FixPlan> OwnedPlans(ExpressionSyntax node, IOperation dropped, bool canWait, FixContext fix)
    {
        if (StartedTask.IsDelay(dropped)) yield break;
        foreach (var plan in Grouping.Plans([(node, node)], removed: null, "Run it in a task group", "AGD0201.Group", fix))
            yield return plan;
        if (CollectAndAwait.For(node, fix) is { } keeping)
            yield return new FixPlan("Keep it and await 'Task.WhenAll' at the end", "AGD0201.Join", all => keeping.Record(all, fix));
        if (canWait) yield break;
        foreach (var plan in BackgroundPlans(node, fix)) yield return plan;
    }

    private static IEnumerable<FixPlan> BackgroundPlans(ExpressionSyntax node, FixContext fix) =>
        BackgroundStart.Plans(node, "Start it in a 'BackgroundTaskGroup'", "AGD0201.Background", fix);

    private static ExpressionSyntax? DroppedExpression(FixContext fix)
    {
        var node = fix.Node.FirstAncestorOrSelf<ExpressionSyntax>();
        while (node?.Parent is ExpressionSyntax outer && outer.Span == fix.Diagnostic.Location.SourceSpan) node = outer;
        return node;
    }

    private static FixPlan? AwaitPlan(ExpressionSyntax node, IOperation dropped, FixContext fix)
    {
        if (!Awaiting.IsLegalAt(dropped) || IsBodyOfVoidLambda(node, fix) || EnclosingFunction.IsInsideLock(node)
            || SignalledLater.Is(node, fix.Model, fix))
            return null;
        if (dropped is IConditionalAccessOperation && !fix.Guard.Awaitables.IsTask(dropped.Type)) return null;
        var isNested = NestedTask.Is(node, fix);
        if (AsyncSignature.For(node, fix) is not { } signature) return null;

        var configureAwait = Awaiting.UsesConfigureAwait(node, fix, dropped.Type);
        return new FixPlan("Await it", "AGD0201.Await", all =>
        {
            var edits = all.In(fix.Document.Id);
            edits.Replace(node,
                current => Awaiting.InPlaceOf((ExpressionSyntax)current,
                    isNested ? NestedTask.Unwrap((ExpressionSyntax)current) : NullConditional.OrCompleted((ExpressionSyntax)current),
                        configureAwait));
            signature.Record(edits);
            if (isNested || dropped is IConditionalAccessOperation) KnownImports.AddTask(edits, node, fix);
        });
    }

    // items.ForEach(_ => SaveAsync()), where _ = would assign the parameter
    private static bool IsUnderscoreTaken(ExpressionSyntax node, FixContext fix) =>
        !fix.Model.LookupSymbols(node.SpanStart, name: "_").IsEmpty;

    private static SyntaxNode Discarded(SyntaxNode current) =>
        AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression,
            IdentifierName(Identifier(current.GetLeadingTrivia(), SyntaxKind.UnderscoreToken, "_", "_", TriviaList(Space))),
            Token(TriviaList(), SyntaxKind.EqualsToken, TriviaList(Space)),
            ((ExpressionSyntax)current).WithoutLeadingTrivia());

    // x => SaveAsync(x) as an Action: async would make it async void
    private static bool IsBodyOfVoidLambda(ExpressionSyntax node, FixContext fix) =>
        EnclosingFunction.Of(node) is AnonymousFunctionExpressionSyntax lambda
        && fix.Model.GetSymbolInfo(lambda, fix.CancellationToken).Symbol is IMethodSymbol { ReturnsVoid: true, IsAsync: false };
}
