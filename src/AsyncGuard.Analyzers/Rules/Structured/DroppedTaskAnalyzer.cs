using AsyncGuard.Analysis;
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
        if (CallOf(dropped) is not { } call) return;
        if (!guard.Awaitables.IsAwaitable(call.Type)) return;
        if (TaskObserver.Is(call, guard)) return;

        var place = CodeContext.Of(dropped, context.ContainingSymbol, guard);
        if (place.Kind == ExecutionContextKind.NotExecuted || IsReportedByCompiler(dropped, call, place)) return;

        context.Report(RuleTable.DroppedTask, dropped.Syntax, NameOf(call));
    }

    // RunAsync(), a?.RunAsync(), a?.b?.RunAsync()
    private static IInvocationOperation? CallOf(IOperation dropped)
    {
        while (dropped is IConditionalAccessOperation conditional) dropped = conditional.WhenNotNull;
        return dropped as IInvocationOperation;
    }

    /// <summary>CS4014: a plain call, in an async function or of a method that is <c>async</c> in this compilation.</summary>
    private static bool IsReportedByCompiler(IOperation dropped, IInvocationOperation call, CodeContext place) =>
        ReferenceEquals(dropped, call) && (place.Function is { IsAsync: true } || call.TargetMethod.IsAsync);

    // RunAsync().ConfigureAwait(false) is about RunAsync
    private static string NameOf(IInvocationOperation call)
    {
        while (call is { TargetMethod.Name: "ConfigureAwait", Instance: IInvocationOperation inner }) call = inner;
        return call.TargetMethod.Name;
    }
}
