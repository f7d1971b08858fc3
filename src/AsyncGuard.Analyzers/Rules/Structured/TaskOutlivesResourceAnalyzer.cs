using System.Collections.Generic;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Blocking;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Lifetimes;
using AsyncGuard.Analysis.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Structured;

/// <summary>AGD0210: a task leaves the <c>using</c> of a resource that its work still needs, or of a lock that it began under.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TaskOutlivesResourceAnalyzer() : GuardAnalyzer(RuleTable.TaskOutlivesResource)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.NotifyCompletion is null) return;
        start.RegisterOperationAction(context => CheckReturn(context, guard), OperationKind.Return);
        start.RegisterOperationAction(context => CheckAssignment(context, guard), OperationKind.SimpleAssignment);
    }

    // using var reader = …; return reader.ReadToEndAsync();
    private static void CheckReturn(OperationAnalysisContext context, GuardContext guard)
    {
        if (((IReturnOperation)context.Operation).ReturnedValue is not { } returned || !guard.Awaitables.IsAwaitable(returned.Type)) return;
        Check(returned, scope: null, context, guard);
    }

    // using (var reader = …) { load = reader.ReadToEndAsync(); } await load;
    private static void CheckAssignment(OperationAnalysisContext context, GuardContext guard)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (!guard.Awaitables.IsTask(assignment.Type) || assignment.Target is not ILocalReferenceOperation { Local: var task }
            || UsingAround(assignment) is not { } scope)
            return;
        if (scope.Syntax.Span.Contains(task.Locations[0].SourceSpan)) return;
        foreach (var use in TaskHolder.Of(task, assignment, guard).Uses)
        {
            if (use.Fate.IsTakenCareOf && scope.Syntax.Span.Contains(use.Reference.Syntax.Span)) return;
        }

        Check(assignment.Value, scope, context, guard);
    }

    private static void Check(IOperation task, IUsingOperation? scope, OperationAnalysisContext context, GuardContext guard)
    {
        var resources = scope is null ? ResourceUse.DisposedAfter(task) : new List<ILocalSymbol>(scope.Locals);
        var starts = new List<IOperation>();
        TaskStarts.AddFrom(task, starts, guard);
        foreach (var start in starts)
        {
            // using (await _gate.LockAsync()) …: work that begins under a lock is what the lock is for
            if (LockReleaser.Around(task, start) is { } taken && !RecordedCode.Is(task, guard))
            {
                context.Report(RuleTable.TaskOutlivesResource, task.Syntax, $"The lock that '{taken.TargetMethod.Name}' takes is released");
                return;
            }

            if (resources is null) continue;
            foreach (var resource in resources)
            {
                if (!ResourceUse.Needs(start, resource, guard) || RecordedCode.Is(task, guard) || EmptyDispose.Is(resource.Type, guard))
                    continue;
                context.Report(RuleTable.TaskOutlivesResource, task.Syntax, $"'{resource.Name}' is disposed");
                return;
            }
        }
    }

    private static IUsingOperation? UsingAround(IOperation place)
    {
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            if (parent is IUsingOperation use && (use.Locals.Length > 0 || LockReleaser.In(use) is not null)) return use;
        }

        return null;
    }
}
