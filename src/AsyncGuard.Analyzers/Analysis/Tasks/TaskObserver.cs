using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks;

/// <summary>Recognises calls after which a task is in good hands, although what they return is not awaited.</summary>
internal static class TaskObserver
{
    private const int NotOnRanToCompletion = 0x10000;
    private const int NotOnFaulted = 0x20000;

    public static bool Is(IInvocationOperation call, GuardContext guard)
    {
        var method = call.TargetMethod;
        if (ConventionalNames.Forgets(method.Name) || guard.Options.IsTaskObserver(method.Name, call.Syntax.SyntaxTree)) return true;
        if (guard.Apis.Has(method, ApiTraits.ObservesTask | ApiTraits.Completed)) return true;
        return HandlesFailure(call, guard) || PassesEndOn(call, guard) || ResumesAwaiter(call, guard) || TaskKeeper.Is(method, guard)
            || AsksToForget(call) || Collects(call, guard) || Verifies(call, guard) || OnlySignals(call, guard)
            || PostedWork.Is(call, guard);
    }

    private static bool HandlesFailure(IInvocationOperation call, GuardContext guard)
    {
        if (!guard.Apis.Has(call.TargetMethod, ApiTraits.HandsCompleted)) return false;
        var isObserved = false;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type.TypeKind == TypeKind.Delegate && LosesItsOwn(argument.Value, guard)) return false;
            isObserved |= IsForFailures(argument, guard)
                || (argument.Parameter?.Type.TypeKind == TypeKind.Delegate && SeesFailure(argument.Value, guard));
        }

        return isObserved;
    }

    // TaskContinuationOptions.OnlyOnFaulted, TaskContinuationOptions.NotOnRanToCompletion
    private static bool IsForFailures(IArgumentOperation argument, GuardContext guard) =>
        SymbolEqualityComparer.Default.Equals(argument.Parameter?.Type, guard.Types.TaskContinuationOptions)
        && argument.Value.ConstantValue is { HasValue: true, Value: int options }
        && (options & (NotOnRanToCompletion | NotOnFaulted)) == NotOnRanToCompletion;

    // task.ContinueWith(t => Log(t.Exception)), task.ContinueWith(t => Log(t)), task.ContinueWith(Log)
    private static bool SeesFailure(IOperation continuation, GuardContext guard)
    {
        switch (Unwrapped.Delegate(continuation))
        {
            case IAnonymousFunctionOperation lambda:
                return lambda.Symbol.Parameters.Length > 0 && SeesFailure(lambda.Body, lambda.Symbol.Parameters[0]);
            case IMethodReferenceOperation { Method: { Parameters.Length: > 0 } method } when guard.IsOurs(method):
                foreach (var body in Bodies.Of(guard).OperationsOf(method.OriginalDefinition))
                {
                    if (!SeesFailure(body, method.OriginalDefinition.Parameters[0])) return false;
                }

                return true;
            default:
                return true;
        }
    }

    private static bool SeesFailure(IOperation body, IParameterSymbol parameter)
    {
        foreach (var operation in body.Descendants())
        {
            if (operation is not IParameterReferenceOperation antecedent
                || !SymbolEqualityComparer.Default.Equals(antecedent.Parameter, parameter))
                continue;
            if (TaskMembers.Exception.IsUse(antecedent.Parent) || !IsReceiver(antecedent)) return true;
        }

        return false;
    }

    // task.ContinueWith(async t => { Log(t.Exception); await ShowAsync(); }): no code holds the task of the lambda, which may fail as well
    private static bool LosesItsOwn(IOperation continuation, GuardContext guard) =>
        Unwrapped.Delegate(continuation) is IAnonymousFunctionOperation { Symbol: { IsAsync: true } symbol } lambda
        && guard.Awaitables.IsAwaitable(symbol.ReturnType) && !CatchesEverything(lambda.Body);

    private static bool CatchesEverything(IBlockOperation body)
    {
        foreach (var statement in body.Operations)
        {
            if (statement is IReturnOperation { ReturnedValue: null }) continue;
            if (statement is not ITryOperation attempt || !CatchesEverything(attempt)) return false;
        }

        return true;
    }

    private static bool CatchesEverything(ITryOperation attempt)
    {
        foreach (var clause in attempt.Catches)
        {
            if (clause.Filter is null
                && (clause.ExceptionType is null or { SpecialType: SpecialType.System_Object }
                || ApiTypes.Exception.Is(clause.ExceptionType)))
                return true;
        }

        return false;
    }

    // Task.Run(() => source.TrySetResult(true)): on another thread on purpose; InvokeAsync(StateHasChanged), which only draws anew
    private static bool OnlySignals(IInvocationOperation call, GuardContext guard)
    {
        var isOffloaded = guard.Apis.Has(call.TargetMethod, ApiTraits.Offloads)
            && !guard.Apis.Has(call.TargetMethod, ApiTraits.HandsCompleted);
        if (!isOffloaded && !PlatformMembers.ComponentInvoke.Is(call.TargetMethod)) return false;
        return call.Arguments.Length > 0 && Unwrapped.Delegate(call.Arguments[0].Value) switch
        {
            IMethodReferenceOperation redraw when PlatformMembers.StateHasChanged.Is(redraw.Method) => !isOffloaded,
            IAnonymousFunctionOperation { Symbol.IsAsync: false, Body.Operations: { Length: > 0 } steps } when EndsThere(steps) =>
                isOffloaded ? Completes(steps[0], guard)
                    : steps[0] is IExpressionStatementOperation { Operation: var step } && PlatformMembers.StateHasChanged.IsUse(step),
            _ => false,
        };
    }

    // _stopping.ContinueWith(_ => source.TrySetCanceled()): other code holds the task, and its end is passed on by the source
    private static bool PassesEndOn(IInvocationOperation call, GuardContext guard)
    {
        if (!guard.Apis.Has(call.TargetMethod, ApiTraits.HandsCompleted) || AccessPath.Of(call.Instance) is null) return false;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type.TypeKind == TypeKind.Delegate
                && Unwrapped.Delegate(argument.Value) is IAnonymousFunctionOperation { Body.Operations: { Length: > 0 } steps }
                && Completes(steps[0], guard) && EndsThere(steps))
                return true;
        }

        return false;
    }

    private static bool Completes(IOperation step, GuardContext guard)
    {
        var done = step is IReturnOperation returned ? returned.ReturnedValue : (step as IExpressionStatementOperation)?.Operation;
        return TaskMembers.TrySet.IsUse(done);
    }

    private static bool EndsThere(ImmutableArray<IOperation> steps) =>
        steps.Length == 1 || (steps.Length == 2 && steps[1] is IReturnOperation { ReturnedValue: null });

    // OnCompleted(Action continuation) { Task.Run(continuation); }: an awaiter's continuation fails in its own task
    private static bool ResumesAwaiter(IInvocationOperation call, GuardContext guard) =>
        (TaskMembers.Run.Is(call.TargetMethod) || TaskMembers.StartNew.Is(call.TargetMethod))
        && guard.Apis.Has(call.TargetMethod, ApiTraits.Offloads)
        && call.Arguments.Length > 0
        && call.Arguments[0].Value is IParameterReferenceOperation
        {
            Parameter:
            {
                Ordinal: 0, Type.TypeKind: TypeKind.Delegate,
                ContainingSymbol: IMethodSymbol { Name: var name }
            }
        }
        && ConventionalNames.TakesContinuation(name);

    // t.Result, t.GetAwaiter()
    private static bool IsReceiver(IOperation task) => task.Parent switch
    {
        IMemberReferenceOperation member => ReferenceEquals(member.Instance, task),
        IInvocationOperation call => ReferenceEquals(call.Instance, task),
        _ => false,
    };

    // database.StringSetAsync(key, value, flags: CommandFlags.FireAndForget)
    private static bool AsksToForget(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type.TypeKind == TypeKind.Enum && HoldsForget(argument.Value)) return true;
        }

        return false;
    }

    private static bool HoldsForget(IOperation flags) => flags switch
    {
        IFieldReferenceOperation { Field.Name: ConventionalNames.FireAndForget } => true,
        IBinaryOperation either => HoldsForget(either.LeftOperand) || HoldsForget(either.RightOperand),
        IParenthesizedOperation inner => HoldsForget(inner.Operand),
        _ => false,
    };

    // transaction.StringSetAsync(key, value), whose task is done when the transaction is executed
    private static bool Collects(IInvocationOperation call, GuardContext guard) =>
        guard.Apis.TypeHas(call.Instance?.Type, ApiTraits.ObservesTask);

    // substitute.Received().SaveAsync(item)
    private static bool Verifies(IInvocationOperation call, GuardContext guard) =>
        call.Instance is IInvocationOperation receiver
        && guard.Apis.TypeEntry(receiver.TargetMethod.ContainingType, ApiTraits.ObservesTask) is not null;
}
