using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Precedence;
using AsyncGuard.Analysis.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Structured;

/// <summary>AGD0205: a task that was started, or a collection of them, stays in a local that nothing awaits, returns or hands on.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AbandonedTaskAnalyzer() : GuardAnalyzer(RuleTable.AbandonedTask)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.NotifyCompletion is null) return;
        start.RegisterOperationAction(context => CheckVariable(context, guard), OperationKind.VariableDeclarator);
        start.RegisterOperationAction(context => CheckExpression(context, guard), OperationKind.DeclarationExpression);
        start.RegisterOperationAction(context => CheckPattern(context, guard), OperationKind.IsPattern);
    }

    // var task = RunAsync(); var tasks = new List<Task>();
    private static void CheckVariable(OperationAnalysisContext context, GuardContext guard)
    {
        var declarator = (IVariableDeclaratorOperation)context.Operation;
        if (KeepsTasks(declarator.Symbol, guard) && !IsOtherResource(declarator, guard)
            && !Verdict.IsOfOther(Finding.AbandonedTask, declarator, context.ContainingSymbol, guard))
            Check(declarator.Symbol, context, guard);
    }

    // var (first, second) = (RunAsync(1), RunAsync(2));
    private static void CheckExpression(OperationAnalysisContext context, GuardContext guard)
    {
        switch (((IDeclarationExpressionOperation)context.Operation).Expression)
        {
            case ILocalReferenceOperation { Local: var local } when KeepsTasks(local, guard):
                Check(local, context, guard);
                break;
            case ITupleOperation tuple:
                foreach (var element in tuple.Elements)
                {
                    if (element is ILocalReferenceOperation { Local: var part } && KeepsTasks(part, guard)) Check(part, context, guard);
                }

                break;
        }
    }

    // if (Start() is { } task)
    private static void CheckPattern(OperationAnalysisContext context, GuardContext guard)
    {
        if (TaskFate.DeclaredBy(((IIsPatternOperation)context.Operation).Pattern) is { } local && KeepsTasks(local, guard))
            Check(local, context, guard);
    }

    private static void Check(ILocalSymbol local, OperationAnalysisContext context, GuardContext guard)
    {
        var holder = TaskHolder.Of(local, context.Operation, guard);
        if (holder.Starts.Count == 0 || IsClock(holder, guard)) return;
        if (holder.IsTakenCareOf(context.Operation, guard) && !IsLost(holder, context, guard)) return;

        var (what, unseen, advice) = holder.IsCollection ? ("tasks that are", "their failures go unnoticed", "'Task.WhenAll'")
            : ("a task that is", "its failure goes unnoticed", "it");
        context.ReportDiagnostic(Diagnostic.Create(RuleTable.AbandonedTask, local.Locations[0], local.Name, what, unseen, advice));
    }

    // var limit = Task.Delay(timeout); while (!limit.IsCompleted) …
    private static bool IsClock(TaskHolder holder, GuardContext guard)
    {
        foreach (var start in holder.Starts)
        {
            if (!StartedTask.IsDelay(start)) return false;
        }

        foreach (var use in holder.Uses)
        {
            if (use.Fate.Kind == TaskFateKind.Inspected) return true;
        }

        return false;
    }

    // var task = RunAsync(1); task = RunAsync(2); await task;
    private static bool IsLost(TaskHolder holder, OperationAnalysisContext context, GuardContext guard) =>
        holder.Writes.Count > 1 && TaskLiveness.Lost(holder, context.Operation, context.GetControlFlowGraph(), guard) is not null;

    private static bool KeepsTasks(ILocalSymbol local, GuardContext guard) =>
        (guard.Awaitables.IsAwaitable(local.Type) || guard.Awaitables.HoldsAwaitables(local.Type)) && !DiscardNames.Is(local.Name);

    // using var call = client.GetAsync(request): an awaitable that is also something else, and is used as that
    private static bool IsOtherResource(IVariableDeclaratorOperation declarator, GuardContext guard) =>
        declarator.Parent?.Parent?.Parent is IUsingDeclarationOperation or IUsingOperation
        && !guard.Awaitables.IsTask(declarator.Symbol.Type);
}
