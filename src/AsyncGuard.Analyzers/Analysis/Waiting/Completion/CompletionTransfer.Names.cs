using System;
using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting.Completion;

/// <summary>Other names of tasks, and of conditions on them: those that the code gives, and those of intermediate values.</summary>
internal sealed partial class CompletionTransfer
{
    /// <summary>Adds that the two names stand for one task, or for one condition on tasks, from here on.</summary>
    public void AddName(ISymbol name, IOperation value, HashSet<CompletionFact> facts)
    {
        var path = AccessPath.Of(name);
        Forget(path, facts);
        if (path.Type?.SpecialType != SpecialType.System_Boolean)
        {
            Name(path, value, facts);
            return;
        }

        // isDone && …, of t.IsCompleted is var isDone
        var after = new HashSet<CompletionFact>(facts);
        Conditions.Assume(value, true, after);
        foreach (var fact in after)
        {
            if (fact.List is null && !facts.Contains(fact)) facts.Add(new CompletionFact(fact.Path, fact.OfElements, path));
        }
    }

    // work ?? Task.CompletedTask, isReady ? Task.CompletedTask : work: where the value is complete, so is the task, or it was before
    private void Capture(IFlowCaptureOperation capture, HashSet<CompletionFact> facts)
    {
        var name = AccessPath.Of(capture.Id);
        Forget(name, facts);
        var value = Unwrapped.Conversions(capture.Value);
        if (IsCondition(capture.Value.Type)) Imply(name, value, facts);
        if (Joins.TasksIn(capture.Id) is not { } tasks) return;
        var path = AccessPath.WithElements(value);
        var inner = value is IFlowCaptureReferenceOperation { Id: var id } ? AccessPath.Of(id) : null;
        foreach (var task in tasks)
        {
            if (task.Equals(path) || facts.Contains(new CompletionFact(task, ofElements: false))
                || (inner is not null && facts.Contains(new CompletionFact(task, ofElements: false, inner))))
                facts.Add(new CompletionFact(task, ofElements: false, name));
        }
    }

    // bool, bool?
    private static bool IsCondition(ITypeSymbol? type) =>
        type?.SpecialType == SpecialType.System_Boolean
        || (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } maybe
        && maybe.TypeArguments[0].SpecialType == SpecialType.System_Boolean);

    // #1, of t?.IsCompleted == true, and of t.IsCompleted && isWanted: where that is true, the task is complete
    private void Imply(AccessPath name, IOperation value, HashSet<CompletionFact> facts)
    {
        if (Joins.Asked.Count == 0) return;
        var isNever = value is IDefaultValueOperation || value.ConstantValue is { HasValue: true, Value: false or null };
        var after = new HashSet<CompletionFact>(facts);
        if (!isNever) Conditions.Assume(value, true, after);
        foreach (var task in Joins.Asked)
        {
            if (isNever || after.Contains(new CompletionFact(task, ofElements: false)))
                facts.Add(new CompletionFact(task, ofElements: false, name));
        }
    }

    // var same = tasks[i]; var all = jobs.Select(job => job.Work).ToList(); not of a lazy sequence, which would start its tasks again
    private void Name(AccessPath name, IOperation value, HashSet<CompletionFact> facts)
    {
        var isTask = guard.Awaitables.IsTask(name.Type);
        if (!isTask && !guard.Awaitables.HoldsAwaitables(name.Type)) return;
        var named = TaskPath.Of(value, guard);
        if (isTask && Unwrapped.Conversions(value) is IFlowCaptureReferenceOperation { Id: var captured })
        {
            foreach (var task in Joins.TasksIn(captured) ?? Array.Empty<AccessPath>())
            {
                if (!task.StartsWith(name) && facts.Contains(new CompletionFact(task, ofElements: false, AccessPath.Of(captured))))
                    facts.Add(new CompletionFact(task, ofElements: false, name));
            }
        }

        if (named is null && !isTask)
        {
            named = TaskSequence.SourceOf(value, whole: true, guard);
            if (named?.Type?.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T) return;
        }

        if (named is null || named.StartsWith(name) || name.StartsWith(named)) return;
        facts.Add(new CompletionFact(named, ofElements: !isTask, name));
        facts.Add(new CompletionFact(name, ofElements: !isTask, named));
    }
}
