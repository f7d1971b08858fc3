using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks;

/// <summary>Recognises calls that start work whose only trace is the task they return.</summary>
internal static class StartedTask
{
    /// <summary>
    /// The call that starts the work, without <c>ConfigureAwait</c> and its like; null where there is none, where the task is complete,
    /// where other code holds it as well, and where the callee takes care of it.
    /// </summary>
    public static IInvocationOperation? Of(IInvocationOperation call, GuardContext guard)
    {
        if (!guard.Awaitables.IsAwaitable(call.Type)) return null;
        var started = WithoutWrapper(call);
        return IsAboutKeptTask(started) || ComesFromAStore(started.TargetMethod.OriginalDefinition) || TaskObserver.Is(started, guard)
            ? null : started;
    }

    /// <summary>The call behind <c>a?.RunAsync()</c>, a cast or parentheses; null where the value is no call.</summary>
    public static IInvocationOperation? CallIn(IOperation? value)
    {
        while (true)
        {
            switch (value)
            {
                case IConditionalAccessOperation conditional:
                    value = conditional.WhenNotNull;
                    break;
                case IConversionOperation conversion:
                    value = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    value = parenthesized.Operand;
                    break;
                default:
                    return value as IInvocationOperation;
            }
        }
    }

    /// <summary>Whether the call stands for the same work as its receiver: <c>ConfigureAwait</c>, <c>AsTask</c>, <c>Preserve</c>.</summary>
    public static bool IsWrapper(IMethodSymbol method) => ConventionalNames.KeepsWork(method.Name);

    /// <summary>Whether the call only lets time pass: there is nothing in it that could fail or be cut off.</summary>
    public static bool IsDelay(IOperation start) => TaskMembers.Delay.IsUse(start);

    /// <summary>The call that the others only wrap: <c>RunAsync().ConfigureAwait(false)</c> is about <c>RunAsync</c>.</summary>
    public static IInvocationOperation WithoutWrapper(IInvocationOperation call)
    {
        while (IsWrapper(call.TargetMethod) && call.Instance is IInvocationOperation inner) call = inner;
        return call;
    }

    // task.ConfigureAwait(false) as a statement does nothing, but other code holds the task
    private static bool IsAboutKeptTask(IInvocationOperation call) =>
        IsWrapper(call.TargetMethod) && call.Instance is not (null or IConditionalAccessInstanceOperation);

    // queue.Dequeue(), loads.GetOrAdd(key, LoadAsync), Interlocked.Exchange(ref _task, RunAsync()): of a Queue<Task> and its like;
    // Wait(Task.WhenAny(a, b)), which returns what it received
    private static bool ComesFromAStore(IMethodSymbol method)
    {
        if (method.ReturnType is not ITypeParameterSymbol stored || method.MethodKind == MethodKind.DelegateInvoke) return false;
        if (stored.TypeParameterKind == TypeParameterKind.Type) return true;
        foreach (var parameter in method.Parameters)
        {
            if (parameter.RefKind == RefKind.Ref && SymbolEqualityComparer.Default.Equals(parameter.Type, stored)) return true;
            if (parameter.Type.TypeKind == TypeKind.Delegate) return false;
        }

        return HoldsIn(method, stored);
    }

    // T Wait<T>(Task<T> task)
    private static bool HoldsIn(IMethodSymbol method, ITypeParameterSymbol stored)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Type is not INamedTypeSymbol { TypeArguments: { Length: > 0 } arguments }) continue;
            foreach (var argument in arguments)
            {
                if (SymbolEqualityComparer.Default.Equals(argument, stored)) return true;
            }
        }

        return false;
    }
}
