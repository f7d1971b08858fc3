using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting;

/// <summary>
/// A synchronous wait for one or more awaitables: <c>.Result</c>, <c>.Wait()</c>, <c>.GetAwaiter().GetResult()</c>, <c>Task.WaitAll</c>.
/// </summary>
internal readonly struct TaskWait
{
    private TaskWait(string name, string advice, ImmutableArray<IOperation> tasks)
    {
        Name = name;
        Advice = advice;
        Tasks = tasks;
    }

    /// <summary>How the message calls it.</summary>
    public string Name { get; }

    public string Advice { get; }

    /// <summary>What is waited for; a collection of tasks counts as one.</summary>
    public ImmutableArray<IOperation> Tasks { get; }

    /// <summary>The wait that the operation is, or null.</summary>
    public static TaskWait? Of(IOperation operation, GuardContext guard)
    {
        switch (operation)
        {
            // task.Result
            case IPropertyReferenceOperation { Instance: { } task } property when guard.Apis.Has(property.Property, ApiTraits.Waits):
                return One(MemberNames.Full(property.Property), task);

            case IInvocationOperation call when guard.Apis.Find(call.TargetMethod, ApiTraits.Waits, out var api):
                if (ZeroTimeout.IsGivenTo(call, guard)) return null;
                var name = MemberNames.Full(call.TargetMethod);
                if (call.Instance is { } waited) return One(name, waited);
                // task.WaitAndUnwrapException()
                return call.TargetMethod.IsExtensionMethod ? One(name, call.Arguments[0].Value)
                    : new TaskWait(name, $"await 'Task.{api.Answer}'", Items(call));

            // awaitable.GetAwaiter().GetResult()
            case IInvocationOperation { TargetMethod: { Name: WellKnownMember.GetResult, Parameters.Length: 0 } getResult } call
                when GetAwaiterOf(call, guard) is { } getAwaiter:
                if (InstantAwaiter.Is(getResult, guard)) return null;
                var awaitable = getAwaiter.Instance ?? (getAwaiter.Arguments.Length == 1 ? getAwaiter.Arguments[0].Value : null);
                return awaitable is not null && guard.Awaitables.IsAwaitable(awaitable.Type) ? One("GetAwaiter().GetResult", awaitable)
                    : null;

            default:
                return null;
        }
    }

    private static IInvocationOperation? GetAwaiterOf(IInvocationOperation getResult, GuardContext guard) => getResult.Instance switch
    {
        IInvocationOperation { TargetMethod.Name: WellKnownMember.GetAwaiter } getAwaiter => getAwaiter,

        // var awaiter = task.GetAwaiter(); … awaiter.GetResult();
        ILocalReferenceOperation awaiter when !getResult.TargetMethod.IsStatic => KeptAwaiter.CallOf(awaiter, guard),
        _ => null,
    };

    private static TaskWait One(string name, IOperation task) => new(name, "await it", ImmutableArray.Create(task));

    // Task.WaitAll(a, b), Task.WaitAll(tasks)
    private static ImmutableArray<IOperation> Items(IInvocationOperation call)
    {
        if (call.Arguments.Length == 0) return ImmutableArray<IOperation>.Empty;
        var value = call.Arguments[0].Value;
        return ElementList.TryGet(value, out var items) ? items.ToImmutableArray() : ImmutableArray.Create(value);
    }
}
