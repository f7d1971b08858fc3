using System;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Concurrency;

/// <summary>
/// What keeps the number of tasks down that run at the same time: a semaphore, a limiter, waiting for some of them, or for a while.
/// </summary>
internal static class Throttle
{
    private const int MaxCalls = 3;

    /// <summary>
    /// Whether the loop waits for something that lets only so many through, or for some of the tasks that it has collected.
    /// </summary>
    public static bool Slows(ILoopOperation loop, ISymbol? collection, GuardContext guard)
    {
        if (loop is IWhileLoopOperation { Condition: { } condition } && collection is not null && Mentions(condition, collection))
            return true;
        foreach (var child in loop.ChildOperations)
        {
            if (Slows(child, collection, guard)) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether the work that is started waits for its turn itself: in the lambdas that the call receives, or in the methods that it leads
    /// to.
    /// </summary>
    public static bool IsIn(IOperation work, GuardContext guard) => IsIn(work, guard, MaxCalls);

    private static bool Slows(IOperation code, ISymbol? collection, GuardContext guard)
    {
        switch (code)
        {
            // A pause after a failure is none while all goes well.
            case IAnonymousFunctionOperation or ILocalFunctionOperation or ICatchClauseOperation:
                return false;
            case IInvocationOperation call when IsGate(call, guard) || IsPause(call, guard):
                return true;

            // if (tasks.Count == 10) await Task.WhenAny(tasks);
            case IAwaitOperation or IConditionalOperation
                when collection is not null && Mentions(code is IConditionalOperation choice ? choice.Condition : code, collection):
                return true;
            case IWhileLoopOperation { Condition: { } condition } when collection is not null && Mentions(condition, collection):
                return true;
        }

        foreach (var child in code.ChildOperations)
        {
            if (Slows(child, collection, guard)) return true;
        }

        return false;
    }

    private static bool IsIn(IOperation code, GuardContext guard, int calls)
    {
        if (code is IInvocationOperation call)
        {
            if (IsGate(call, guard)) return true;
            if (calls > 0 && IsInMethod(call.TargetMethod, guard, calls - 1)) return true;
        }
        else if (code is IMethodReferenceOperation { Method: var method } && calls > 0 && IsInMethod(method, guard, calls - 1))
        {
            return true;
        }

        foreach (var child in code.ChildOperations)
        {
            if (IsIn(child, guard, calls)) return true;
        }

        return false;
    }

    private static bool IsInMethod(IMethodSymbol method, GuardContext guard, int calls)
    {
        if (method.DeclaringSyntaxReferences.IsEmpty) return false;
        foreach (var body in Bodies.Of(guard).OperationsOf(method.OriginalDefinition))
        {
            if (IsIn(body, guard, calls)) return true;
        }

        return false;
    }

    // gate.WaitAsync(), limiter.AcquireAsync(), group.WaitForSlotAsync(), slots.Writer.WriteAsync(…); not task.Wait()
    private static bool IsGate(IInvocationOperation call, GuardContext guard)
    {
        var (method, type) = (call.TargetMethod, call.TargetMethod.ContainingType);
        if (guard.Awaitables.IsTask(type) || guard.Awaitables.IsValueTask(type) || guard.Apis.Has(method, ApiTraits.NextItem)) return false;
        if (IsLimiter(type.Name)) return true;
        return ConventionalNames.WaitsForPlace(method.Name) || ThreadingMembers.WriteAsync.Is(method);
    }

    private static bool IsLimiter(string name) =>
        Has(name, "Semaphore") || Has(name, "Limit") || Has(name, "Throttl") || Has(name, "Bulkhead");

    private static bool Has(string name, string part) => name.IndexOf(part, StringComparison.Ordinal) >= 0;

    // await Task.Delay(100): so many in a time
    private static bool IsPause(IInvocationOperation call, GuardContext guard) =>
        StartedTask.IsDelay(call)
        && call.Parent is IAwaitOperation or IInvocationOperation { TargetMethod.Name: WellKnownMember.ConfigureAwait };

    private static bool Mentions(IOperation code, ISymbol collection)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            ISymbol? mentioned = operation switch
            {
                ILocalReferenceOperation local => local.Local,
                IMemberReferenceOperation member => member.Member,
                IParameterReferenceOperation parameter => parameter.Parameter,
                _ => null,
            };
            if (SymbolEqualityComparer.Default.Equals(mentioned, collection)) return true;
        }

        return false;
    }
}
