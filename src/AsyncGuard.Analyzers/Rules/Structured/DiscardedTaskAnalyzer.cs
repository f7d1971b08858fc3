using System.Collections.Generic;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Precedence;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Structured;

/// <summary>AGD0202: a task is discarded on purpose. Worse in a constructor, whose caller cannot even wait for something else.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DiscardedTaskAnalyzer() : GuardAnalyzer(RuleTable.DiscardedTask)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.NotifyCompletion is null) return;
        start.RegisterOperationAction(context => CheckAssignment(context, guard), OperationKind.SimpleAssignment);
        start.RegisterOperationAction(context => CheckVariable(context, guard), OperationKind.VariableDeclarator);
    }

    // _ = RunAsync();
    private static void CheckAssignment(OperationAnalysisContext context, GuardContext guard)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (assignment is not { Target: IDiscardOperation, Parent: IExpressionStatementOperation }
            || !guard.Awaitables.IsAwaitable(assignment.Value.Type))
            return;
        if (!Verdict.IsOfOther(Finding.DiscardedTask, assignment, context.ContainingSymbol, guard)) Check(assignment.Value, context, guard);
    }

    // var _ = RunAsync(); var ignored = RunAsync();
    private static void CheckVariable(OperationAnalysisContext context, GuardContext guard)
    {
        var declarator = (IVariableDeclaratorOperation)context.Operation;
        if (declarator.Initializer is not { Value: var value } || !guard.Awaitables.IsAwaitable(declarator.Symbol.Type)
            || !DiscardNames.Is(declarator.Symbol.Name))
            return;
        if (!TaskHolder.Of(declarator.Symbol, declarator, guard).IsTakenCareOf(declarator, guard)) Check(value, context, guard);
    }

    private static void Check(IOperation value, OperationAnalysisContext context, GuardContext guard)
    {
        value = Unwrapped.Conversions(value);

        // _ = task, which was kept before: that is a decision of the author
        if (value is ILocalReferenceOperation) return;
        var starts = new List<IOperation>();
        TaskStarts.AddFrom(value, starts, guard);
        if (starts.Count == 0 || starts[0] is not IInvocationOperation started || ContinuesKeptTask(started, guard)
            || Verdict.IsOfOther(Finding.DiscardedTask, started, context.ContainingSymbol, guard))
            return;

        var isConstructor =
            CodeContext.Of(value, context.ContainingSymbol,
            guard).Function is { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor };
        if (!isConstructor && (HandledWork.AreAll(starts, guard) || IsOfCaller(started) || IsAtTheEnd(context.ContainingSymbol))) return;
        var severity = isConstructor ? DiagnosticSeverity.Warning : RuleTable.DiscardedTask.DefaultSeverity;
        var (where, advice) = isConstructor
            ? (" in a constructor",
            guard.Types.BackgroundTaskGroup is null ? "start it in an async factory method"
                : "start it in an async factory method, or in a 'BackgroundTaskGroup'")
            : ("", guard.Types.TaskGroup is null ? "await it, or keep it where it is awaited" : "run it in a task group");
        context.Report(Diagnostic.Create(RuleTable.DiscardedTask, value.Syntax.GetLocation(), severity, null, null,
            started.TargetMethod.Name, where, advice), value.Syntax);
    }

    // _ = _onChanged(text): what the delegate does, and what happens to its failures, is up to the code that supplied it
    private static bool IsOfCaller(IInvocationOperation started) => started.TargetMethod.MethodKind == MethodKind.DelegateInvoke;

    // void Dispose() { _ = _channel.CloseAsync(); }: nothing there can await, and no one is left to own the task
    private static bool IsAtTheEnd(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.Destructor } or IMethodSymbol { ReturnsVoid: true, Name: WellKnownMember.Dispose }
        || (member is IMethodSymbol { ReturnsVoid: true, ExplicitInterfaceImplementations: { Length: 1 } implemented }
        && implemented[0].Name == WellKnownMember.Dispose);

    // _ = task.ContinueWith(_ => …): the work is in other hands, and this only a callback at its end
    private static bool ContinuesKeptTask(IInvocationOperation call, GuardContext guard) =>
        guard.Apis.Has(call.TargetMethod, ApiTraits.HandsCompleted) && AccessPath.Of(call.Instance) is not null;
}
