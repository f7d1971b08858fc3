using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Awaitables;

/// <summary>Where a <c>TaskCompletionSource</c> is completed, from its creation through locals, fields and callbacks.</summary>
internal static class CompletionPaths
{
    /// <summary>
    /// A completion that something before it may keep from running, where nothing else ever completes the source; null where there is none,
    /// where other code gets the source, or where the code that awaits it can stop waiting otherwise.
    /// </summary>
    public static IInvocationOperation? FailureLeftOpen(IOperation creation, GuardContext guard)
    {
        if (NamedUses.HolderOf(creation) is not { } holder
            || holder is not (ILocalSymbol or { DeclaredAccessibility: Accessibility.Private }))
            return null;
        var completions = new List<IInvocationOperation>();
        foreach (var use in NamedUses.Of(holder, creation, guard))
        {
            var value = Unwrapped.ConversionsAround(use);
            switch (Receiver(value))
            {
                case IInvocationOperation call when TaskMembers.SetsResult.Is(call.TargetMethod):
                    completions.Add(call);
                    break;
                case IPropertyReferenceOperation task when TaskMembers.SourceTask.Is(task.Property) && !HasWayOut(task):
                    break;
                case null when IsWritten(value) || IsTest(value):
                    break;
                default:
                    return null;
            }
        }

        foreach (var completion in completions)
        {
            if (IsSkippedByFailure(completion, creation, guard)) return completion;
        }

        return null;
    }

    // source.SetResult(1), source?.SetResult(1)
    private static IOperation? Receiver(IOperation value) => value.Parent switch
    {
        IInvocationOperation call when ReferenceEquals(call.Instance, value) => call,
        IPropertyReferenceOperation property => property,
        IConditionalAccessOperation { WhenNotNull: IInvocationOperation call } access when ReferenceEquals(access.Operation, value) => call,
        _ => null,
    };

    private static bool IsWritten(IOperation value) =>
        value.Parent is ISimpleAssignmentOperation assignment && ReferenceEquals(assignment.Target, value);

    private static bool IsTest(IOperation value) => value.Parent is IBinaryOperation or IIsPatternOperation or INameOfOperation;

    // source.Task.WaitAsync(limit), Task.WhenAny(source.Task, …), Watch(source.Task): the waiter may stop waiting; not await, return or a
    // local
    private static bool HasWayOut(IPropertyReferenceOperation task)
    {
        var value = Unwrapped.ConfiguredAround(task);
        return value.Parent is not (IAwaitOperation or IReturnOperation or IExpressionStatementOperation or IVariableInitializerOperation
            or IAssignmentOperation or IPropertyReferenceOperation);
    }

    private static bool IsSkippedByFailure(IInvocationOperation completion, IOperation creation, GuardContext guard)
    {
        if (FailureBefore.IsInCleanup(completion)) return false;
        var function = FlowGraphs.FunctionAround(completion);
        var isCallback = !ReferenceEquals(function, FlowGraphs.FunctionAround(creation))
            || !ReferenceEquals(FlowGraphs.RootOf(completion), FlowGraphs.RootOf(creation));

        // Where the source is made and completed in one function, its failure ends the function as well, unless a handler goes on.
        return isCallback ? FailureBefore.MayKeepFrom(completion, guard) : FailureBefore.IsSwallowedAround(completion, guard);
    }
}
