using System.Collections.Generic;
using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Code.Flow;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks;

/// <summary>
/// Work whose task does not fail, because its body visibly catches everything:
/// <c>async Task RunAsync() { try { … } catch (Exception e) { Log(e); } }</c>.
/// </summary>
internal static class UnfailingWork
{
    private const int MaxSteps = 5;

    /// <summary>Whether every one of the calls starts such work.</summary>
    public static bool AreAll(IReadOnlyList<IOperation> starts, GuardContext guard)
    {
        foreach (var start in starts)
        {
            if (!Is(start, guard, MaxSteps)) return false;
        }

        return starts.Count > 0;
    }

    /// <summary>Whether the function that becomes a delegate, a lambda or a method, visibly catches everything.</summary>
    public static bool IsUnfailing(IOperation function, GuardContext guard) => IsDelegateUnfailing(function, guard, MaxSteps);

    private static bool Is(IOperation? start, GuardContext guard, int steps)
    {
        if (steps == 0 || StartedTask.CallIn(start) is not { } call) return false;
        if (!call.TargetMethod.DeclaringSyntaxReferences.IsEmpty)
            return IsUnfailing(call.TargetMethod, guard) || ReturnsUnfailing(call.TargetMethod, guard, steps - 1);
        if (guard.Apis.Has(call.TargetMethod, ApiTraits.JoinsAll) && call.Instance is null) return IsJoinUnfailing(call, guard, steps);

        // Task.Run(async () => { try { … } catch { } }), items.Select(async item => { try { … } catch { } })
        var isQuery = SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, guard.Types.Enumerable);
        if (!isQuery && !guard.Apis.Has(call.TargetMethod, ApiTraits.Offloads)) return false;
        var hasWork = false;
        foreach (var argument in call.Arguments)
        {
            // Task.Run(work, token) fails where the token is cancelled before it starts
            if (argument.Value.Type is { } type && guard.Tokens.IsToken(type)) return false;
            if (argument.Parameter?.Type.TypeKind != TypeKind.Delegate) continue;
            hasWork = true;
            if (!IsDelegateUnfailing(argument.Value, guard, steps)) return false;
        }

        return hasWork;
    }

    // Task.WhenAll(RunAsync(a), RunAsync(b)), Task.WhenAll(items.Select(item => RunAsync(item)))
    private static bool IsJoinUnfailing(IInvocationOperation join, GuardContext guard, int steps)
    {
        foreach (var argument in join.Arguments)
        {
            if (ElementList.TryGet(argument.Value, out var items))
            {
                foreach (var item in items)
                {
                    if (!Is(item, guard, steps - 1)) return false;
                }
            }
            else if (!Is(argument.Value, guard, steps - 1))
            {
                return false;
            }
        }

        return join.Arguments.Length > 0;
    }

    // Task RunAsync() => _worker.RunAsync(): what it throws before is thrown to its caller
    private static bool ReturnsUnfailing(IMethodSymbol method, GuardContext guard, int steps)
    {
        if (method.IsAsync || method.IsVirtual || method.IsAbstract || method.IsOverride || !guard.IsOurs(method)) return false;
        var hasWork = false;
        foreach (var body in Bodies.Of(guard).OperationsOf(method.OriginalDefinition))
        {
            foreach (var operation in body.Descendants())
            {
                if (operation is not IReturnOperation { Kind: OperationKind.Return, ReturnedValue: { } returned }
                    || FlowGraphs.FunctionAround(operation) != (body is ILocalFunctionOperation ? body : null))
                    continue;
                if (IsDone(returned, guard)) continue;
                if (!Is(returned, guard, steps) && !LooksAtFailure(returned, guard)) return false;
                hasWork = true;
            }
        }

        return hasWork;
    }

    // Task.CompletedTask, Task.FromResult(1)
    private static bool IsDone(IOperation returned, GuardContext guard) => Unwrapped.Conversions(returned) switch
    {
        IInvocationOperation call => guard.Apis.Has(call.TargetMethod, ApiTraits.Completed),
        IPropertyReferenceOperation property => guard.Apis.Has(property.Property, ApiTraits.Completed),
        _ => false,
    };

    // RunAsync().ContinueWith(t => { if (t.IsFaulted) Log(t.Exception); })
    private static bool LooksAtFailure(IOperation returned, GuardContext guard)
    {
        if (Unwrapped.Conversions(returned) is not IInvocationOperation call
            || !guard.Apis.Has(call.TargetMethod, ApiTraits.HandsCompleted))
            return false;
        foreach (var argument in call.Arguments)
        {
            if (Unwrapped.Delegate(argument.Value) is not IAnonymousFunctionOperation { Symbol.IsAsync: false } continuation) continue;
            foreach (var operation in continuation.Body.Descendants())
            {
                if (operation is IPropertyReferenceOperation { Instance: IParameterReferenceOperation }
                    && TaskMembers.Exception.IsUse(operation))
                    return true;
            }
        }

        return false;
    }

    private static bool IsDelegateUnfailing(IOperation value, GuardContext guard, int steps)
    {
        switch (Unwrapped.Delegate(value))
        {
            case IMethodReferenceOperation { Method: var method }:
                return Handles(method, guard);

            // () => RunAsync()
            case IAnonymousFunctionOperation { Symbol.IsAsync: false, Body.Operations: { Length: 1 } body }
                when body[0] is IReturnOperation { ReturnedValue: { } returned }:
                return Is(returned, guard, steps - 1);

            // () => Prune(), whose exception would be that of the task
            case IAnonymousFunctionOperation { Symbol.IsAsync: false, Body.Operations: var body } when OnlyCallIn(body) is { } called:
                return Handles(called.TargetMethod, guard);

            case IAnonymousFunctionOperation lambda:
                return (HasHandler(lambda.Body) && CatchesEverything(lambda.Body)) || NoReturn.EndsWithExit(lambda.Body, guard);
            default:
                return false;
        }
    }

    private static IInvocationOperation? OnlyCallIn(ImmutableArray<IOperation> body)
    {
        if (body.IsEmpty || body[0] is not IExpressionStatementOperation { Operation: IInvocationOperation call }) return null;
        if (body.Length > 1 && body[1] is not IReturnOperation { ReturnedValue: null }) return null;
        foreach (var operand in call.Descendants())
        {
            if (Faults.MayThrow(operand)) return null;
        }

        return call;
    }

    /// <summary>The same of a method. An override may do anything, and what is not async throws to its caller.</summary>
    public static bool IsUnfailing(IMethodSymbol method, GuardContext guard) => method.IsAsync && Handles(method, guard);

    private static bool Handles(IMethodSymbol method, GuardContext guard)
    {
        if (method.IsVirtual || method.IsAbstract || (!method.IsAsync && !method.ReturnsVoid)) return false;
        if (method.IsOverride && !method.IsSealed && !method.ContainingType.IsSealed) return false;
        var isVisible = false;
        foreach (var body in Bodies.Of(guard).OperationsOf(method.OriginalDefinition))
        {
            isVisible = HasHandler(body);
            foreach (var part in body.ChildOperations)
            {
                if (!CatchesEverything(part)) return false;
            }
        }

        return isVisible;
    }

    private static bool CatchesEverything(IOperation operation)
    {
        switch (operation)
        {
            case IAnonymousFunctionOperation or ILocalFunctionOperation:
                return true;

            case ITryOperation attempt:
                if (attempt.Finally is not null && BroadHandler.Throws(attempt.Finally)) return false;
                return BroadHandler.Of(attempt) || (attempt.Catches.IsEmpty && CatchesEverything(attempt.Body));

            case IBlockOperation or IReturnOperation or IConditionalOperation or IWhileLoopOperation or IForLoopOperation:
            case IBranchOperation or ILabeledOperation or IEmptyOperation or IVariableDeclarationGroupOperation:
            case IVariableDeclarationOperation or IVariableDeclaratorOperation or IVariableInitializerOperation:
                break;

            default:
                if (Faults.MayThrow(operation)) return false;
                break;
        }

        foreach (var child in operation.ChildOperations)
        {
            if (!CatchesEverything(child)) return false;
        }

        return true;
    }

    // Work that does nothing cannot fail either, but does not show that this is intended.
    private static bool HasHandler(IOperation body)
    {
        foreach (var operation in body.Descendants())
        {
            if (operation is ICatchClauseOperation) return true;
        }

        return false;
    }
}
