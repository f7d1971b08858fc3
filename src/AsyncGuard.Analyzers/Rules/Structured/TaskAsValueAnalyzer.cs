using System.Collections.Immutable;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tasks.Misuse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Structured;

/// <summary>AGD0215: a task is written, sent or compared where its result was intended.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TaskAsValueAnalyzer() : GuardAnalyzer(RuleTable.TaskAsValue)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.TaskOfT is null) return;
        start.RegisterOperationAction(
            context => CheckPlace(context, guard),
            OperationKind.Interpolation,
            OperationKind.InterpolatedStringAppendFormatted,
            OperationKind.Binary,
            OperationKind.Return);
        start.RegisterOperationAction(context => CheckCall(context, guard), OperationKind.Invocation);
        start.RegisterOperationAction(context => CheckCreation(context, guard), OperationKind.ObjectCreation);
    }

    private static void CheckPlace(OperationAnalysisContext context, GuardContext guard)
    {
        if (TaskAsValue.In(context.Operation, guard) is var (task, kind)
            && (kind != TaskAsValueKind.Returned || IsInAsyncFunction(context)))
            Report(task, kind, context, guard);
    }

    private static void CheckCall(OperationAnalysisContext context, GuardContext guard)
    {
        var call = (IInvocationOperation)context.Operation;
        if (TaskAsValue.In(call, guard) is var (text, kind)) Report(text, kind, context, guard);
        else CheckArguments(call.TargetMethod, call.Arguments, context, guard);
    }

    private static void CheckCreation(OperationAnalysisContext context, GuardContext guard)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        CheckArguments(creation.Constructor, creation.Arguments, context, guard);
    }

    private static void CheckArguments(IMethodSymbol? method, ImmutableArray<IArgumentOperation> arguments,
        OperationAnalysisContext context, GuardContext guard)
    {
        if (TaskAsValue.GivenTo(method, arguments, guard) is { } task) Report(task, TaskAsValueKind.Shown, context, guard);
    }

    // A synchronous function that returns an object may return the task on purpose: code that calls it by reflection awaits it.
    private static bool IsInAsyncFunction(OperationAnalysisContext context) => FlowGraphs.FunctionAround(context.Operation) switch
    {
        IAnonymousFunctionOperation lambda => lambda.Symbol.IsAsync,
        ILocalFunctionOperation local => local.Symbol.IsAsync,
        _ => context.ContainingSymbol is IMethodSymbol { IsAsync: true },
    };

    private static void Report(IOperation task, TaskAsValueKind kind, OperationAnalysisContext context, GuardContext guard)
    {
        if (RecordedCode.Is(task, guard)) return;
        var (what, advice) = (NameOf(task),
            guard.Awaitables.ResultOf(task.Type)?.SpecialType == SpecialType.System_Void ? "await it first" : "await it");
        var place = kind switch
        {
            TaskAsValueKind.Text => "written into text",
            TaskAsValueKind.Returned => "the result of another task",
            TaskAsValueKind.Compared => "compared with null",
            _ => "passed on",
        };
        context.Report(RuleTable.TaskAsValue, task.Syntax, what, place, advice);
    }

    private static string NameOf(IOperation task) => task is IInvocationOperation call ? call.TargetMethod.Name : task.Syntax.ToString();
}
