using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Precedence;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Structured;

/// <summary>AGD0201: a call starts work and its task is dropped, where the compiler's CS4014 does not say so.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DroppedTaskAnalyzer() : GuardAnalyzer(RuleTable.DroppedTask)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.NotifyCompletion is null) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.ExpressionStatement);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var dropped = ((IExpressionStatementOperation)context.Operation).Operation;
        if (CallOf(dropped) is not { } call || !guard.Awaitables.IsAwaitable(call.Type)) return;
        if (IsReportedByCompiler(dropped, call, context.ContainingSymbol, guard)) return;

        if (StartedTask.Of(call, guard) is not { } started || RecordedCode.Is(dropped, guard)) return;

        // Task.Run(async () => { try { … } catch (Exception e) { Log(e); } }): there is no failure to go unnoticed
        if (UnfailingWork.AreAll([started], guard) && !guard.Apis.Has(started.TargetMethod, ApiTraits.HandsCompleted)) return;

        // running.TryAdd(task, 0); task.ContinueWith(_ => running.TryRemove(task, out var _)): the task is kept by those that run
        if (KeptUntilDone.Is(started, guard)) return;

        if (Verdict.IsOfOther(Finding.DroppedTask, started, context.ContainingSymbol, guard)) return;

        context.Report(RuleTable.DroppedTask, dropped.Syntax, started.TargetMethod.Name);
    }

    // RunAsync(), a?.RunAsync(), a?.b?.RunAsync()
    private static IInvocationOperation? CallOf(IOperation dropped)
    {
        while (dropped is IConditionalAccessOperation conditional) dropped = conditional.WhenNotNull;
        return dropped as IInvocationOperation;
    }

    /// <summary>
    /// CS4014: a plain call of a method that is <c>async</c> in this solution, or where <c>await</c> could be written as things are.
    /// </summary>
    private static bool IsReportedByCompiler(IOperation dropped, IInvocationOperation call, ISymbol member, GuardContext guard)
    {
        if (!ReferenceEquals(dropped, call)) return false;
        if (call.TargetMethod.IsAsync) return true;
        if (FunctionAround(dropped, member) is not { } function) return false;
        if (function.IsAsync) return CodeContext.Of(dropped, member, guard).Obstacle == AwaitObstacle.None;
        return function.Name == WellKnownMemberNames.TopLevelStatementsEntryPointMethodName && CompilerSaysSo(dropped);
    }

    // A top-level program without any await: compilers differ, so this one is asked.
    private static bool CompilerSaysSo(IOperation dropped)
    {
        foreach (var diagnostic in dropped.SemanticModel!.GetDiagnostics(dropped.Syntax.Span))
        {
            if (diagnostic.Id == "CS4014" && diagnostic.Location.SourceSpan == dropped.Syntax.Span) return true;
        }

        return false;
    }

    private static IMethodSymbol? FunctionAround(IOperation operation, ISymbol member)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation lambda) return lambda.Symbol;
            if (parent is ILocalFunctionOperation local) return local.Symbol;
        }

        return member as IMethodSymbol;
    }
}
