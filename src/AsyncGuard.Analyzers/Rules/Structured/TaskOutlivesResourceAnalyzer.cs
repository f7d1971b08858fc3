using System;
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
        start.RegisterOperationAction(context => CheckVariable(context, guard), OperationKind.VariableDeclarator);
    }

    // using var reader = …; return reader.ReadToEndAsync();
    private static void CheckReturn(OperationAnalysisContext context, GuardContext guard)
    {
        if (((IReturnOperation)context.Operation).ReturnedValue is not { } returned || !guard.Awaitables.IsAwaitable(returned.Type)) return;
        Check(returned, DisposedResources.After(returned), context, guard);
    }

    // using (var reader = …) { load = reader.ReadToEndAsync(); } await load;
    private static void CheckAssignment(OperationAnalysisContext context, GuardContext guard)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (!guard.Awaitables.IsTask(assignment.Type) || assignment.Target is not ILocalReferenceOperation { Local: var task }
            || ScopeAround(assignment) is not { } scope)
            return;
        if (scope.Syntax.Span.Contains(task.Locations[0].SourceSpan)) return;
        var holder = TaskHolder.Of(task, assignment, guard);
        foreach (var use in holder.Uses)
        {
            if (use.Fate.IsTakenCareOf && scope.Syntax.Span.Contains(use.Reference.Syntax.Span)) return;
        }

        var isOutsideOnPurpose = LockReleaser.IsAwaitedAfter(assignment, scope);
        Check(assignment.Value, DisposedResources.Of(scope), context, guard, isOutsideOnPurpose,
            start => EndedByDisposal.IsRaced(start, holder, scope, guard)
                || (isOutsideOnPurpose && EndedByDisposal.IsPump(start, holder, scope, guard)));
    }

    // var load = reader.ReadToEndAsync(); reader.Dispose(); await load;
    private static void CheckVariable(OperationAnalysisContext context, GuardContext guard)
    {
        var declarator = (IVariableDeclaratorOperation)context.Operation;
        if (!(guard.Awaitables.IsTask(declarator.Symbol.Type) || guard.Awaitables.IsValueTask(declarator.Symbol.Type))
            || declarator is not
            {
                Initializer.Value: { } value,
                Parent: IVariableDeclarationOperation { Parent: IVariableDeclarationGroupOperation { Parent: IBlockOperation block } group }
            })
            return;
        List<ISymbol>? resources = null;
        IOperation? disposal = null;
        var isAfterOthers = false;
        for (var i = block.Operations.IndexOf(group) + 1; i < block.Operations.Length; i++)
        {
            var statement = block.Operations[i];
            if (IsNamedIn(declarator.Symbol, statement))
            {
                if (resources is null) return;
                var holder = TaskHolder.Of(declarator.Symbol, declarator, guard);
                Check(value, resources, context, guard, isOutsideOnPurpose: false,
                    start => isAfterOthers && EndedByDisposal.IsPump(start, holder, disposal!, guard));
                return;
            }

            if (DisposedResources.DisposedBy(statement) is { } resource)
            {
                (resources ??= new()).Add(resource);
                disposal = statement;
            }
            else
            {
                isAfterOthers |= resources is null && EndedByDisposal.Awaits(statement);
            }
        }
    }

    private static bool IsNamedIn(ILocalSymbol local, IOperation statement)
    {
        foreach (var operation in statement.Descendants())
        {
            if (operation is ILocalReferenceOperation { Local: var named } && SymbolEqualityComparer.Default.Equals(named, local))
                return true;
        }

        return false;
    }

    private static void Check(IOperation task, List<ISymbol>? resources, OperationAnalysisContext context, GuardContext guard,
        bool isOutsideOnPurpose = false, Func<IOperation, bool>? isMeant = null)
    {
        var starts = new List<IOperation>();
        TaskStarts.AddFrom(task, starts, guard);
        TaskStarts.AddJoined(starts, guard);
        foreach (var start in starts)
        {
            // using (await _gate.LockAsync()) …: work that begins under a lock is what the lock is for
            if (!isOutsideOnPurpose && LockReleaser.Around(task, start) is { } taken && !PromisedAnswer.Is(start, guard)
                && !RecordedCode.Is(task, guard))
            {
                context.Report(RuleTable.TaskOutlivesResource, task.Syntax, $"The lock that '{taken.TargetMethod.Name}' takes is released");
                return;
            }

            if (resources is null) continue;
            foreach (var resource in resources)
            {
                if (!ResourceUse.Needs(start, resource, guard) || RecordedCode.Is(task, guard)
                    || (TypeOf(resource) is { } type && EmptyDispose.Is(type, guard)) || isMeant?.Invoke(start) == true)
                    continue;
                context.Report(RuleTable.TaskOutlivesResource, task.Syntax, $"'{resource.Name}' is disposed");
                return;
            }
        }
    }

    private static ITypeSymbol? TypeOf(ISymbol resource) => (resource as ILocalSymbol)?.Type ?? (resource as IParameterSymbol)?.Type;

    private static IOperation? ScopeAround(IOperation place)
    {
        var child = place;
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IUsingOperation use when LockReleaser.In(use) is not null || DisposedResources.Of(use).Count > 0:
                    return use;
                case ITryOperation { Finally: { } cleanup } attempt
                    when !ReferenceEquals(cleanup, child) && DisposedResources.Of(attempt).Count > 0:
                    return attempt;
            }
        }

        return null;
    }
}
