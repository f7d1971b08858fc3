using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting;

/// <summary>A wait for a process that is known to have ended: it returns at once.</summary>
internal static class ProcessExit
{
    /// <summary>
    /// <code>await p.WaitForExitAsync(); p.WaitForExit(); if (p.HasExited) p.WaitForExit(); if (p.WaitForExit(1000))
    /// p.WaitForExit();</code>
    /// </summary>
    public static bool IsKnown(IInvocationOperation call, GuardContext guard)
    {
        if (!PlatformMembers.WaitForExit.Is(call.TargetMethod)) return false;
        if (AccessPath.Of(call.Instance) is not { } process) return false;

        IOperation child = call;
        for (var parent = call.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IConditionalOperation choice when !ReferenceEquals(choice.Condition, child) && Asks(choice.Condition, process):
                    return true;
                case IBlockOperation block when Ended(block, child, process, guard):
                    return true;
            }
        }

        return false;
    }

    private static bool Ended(IBlockOperation block, IOperation until, AccessPath process, GuardContext guard)
    {
        foreach (var statement in block.Operations)
        {
            if (ReferenceEquals(statement, until)) return false;
            if (statement is IExpressionStatementOperation { Operation: IAwaitOperation awaited } && Asks(awaited, process)) return true;
            if (statement is IExpressionStatementOperation or IVariableDeclarationGroupOperation && AwaitsExit(statement, process, guard))
                return true;
        }

        return false;
    }

    // process.Exited += (_, _) => ended.SetResult(process.ExitCode); …  var code = await ended.Task;
    private static bool AwaitsExit(IOperation statement, AccessPath process, GuardContext guard)
    {
        foreach (var operation in statement.Descendants())
        {
            if (operation is IAwaitOperation { Operation: var awaited }
                && Unwrapped.Awaited(awaited) is IPropertyReferenceOperation task
                && TaskMembers.SourceTask.Is(task.Property) && AccessPath.Of(task.Instance) is { } source
                && IsCompletedByExit(statement, source, process))
                return true;
        }

        return false;
    }

    private static bool IsCompletedByExit(IOperation place, AccessPath source, AccessPath process)
    {
        foreach (var operation in FlowGraphs.RootOf(place).Descendants())
        {
            if (operation is IEventAssignmentOperation
                {
                    Adds: true,
                    EventReference: IEventReferenceOperation { Instance: { } raiser } raised,
                    HandlerValue: var handler
                }
                && PlatformMembers.Exited.Is(raised.Event) && process.Equals(AccessPath.Of(raiser)) && Mentions(HandlerOf(handler), source))
                return true;
        }

        return false;
    }

    // EventHandler exited = (_, _) => …; process.Exited += exited;
    private static IOperation? HandlerOf(IOperation handler)
    {
        handler = Unwrapped.Delegate(handler);
        return handler is ILocalReferenceOperation { Local: var local }
            && InMemory.InitializerOf(local, handler) is { } initial ? Unwrapped.Delegate(initial) : handler;
    }

    private static bool Mentions(IOperation? handler, AccessPath source)
    {
        if (handler is not IAnonymousFunctionOperation) return false;
        foreach (var operation in handler.Descendants())
        {
            if (operation is IInvocationOperation { Instance: { } completed } && source.Equals(AccessPath.Of(completed))) return true;
        }

        return false;
    }

    private static bool Asks(IOperation expression, AccessPath process)
    {
        foreach (var operation in expression.DescendantsAndSelf())
        {
            var asked = operation switch
            {
                IInvocationOperation call when PlatformMembers.AwaitExit.Is(call.TargetMethod) => call.Instance,
                IPropertyReferenceOperation property when PlatformMembers.HasExited.Is(property.Property) => property.Instance,
                _ => null,
            };
            if (asked is not null && process.Equals(AccessPath.Of(asked))) return true;
        }

        return false;
    }
}
