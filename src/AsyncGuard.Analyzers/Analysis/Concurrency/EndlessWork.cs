using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Concurrency;

/// <summary>
/// Work that goes on until it is asked to stop, or until another closes what it reads: <c>while (true)</c>,
/// <c>while (await timer.WaitForNextTickAsync())</c>, <c>await foreach (var item in channel.Reader.ReadAllAsync())</c>. Who awaits it where
/// it was started goes on no more.
/// </summary>
internal sealed class EndlessWork
{
    private const int MostDepth = 3;

    private readonly GuardContext _guard;
    private readonly bool _isDeliberate;
    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);

    private EndlessWork(GuardContext guard, bool isDeliberate)
    {
        _guard = guard;
        _isDeliberate = isDeliberate;
    }

    /// <summary>Whether the call, or what it receives to run, visibly has no end of its own.</summary>
    public static bool Is(IOperation work, GuardContext guard) => new EndlessWork(guard, isDeliberate: false).Has([work], depth: 0);

    /// <summary>
    /// The same for work that is left alone on purpose: every loop that awaits and may go round for as long as the program runs counts, as
    /// one that reads until a peer closes its connection or tries again until it succeeds, and so do a wait for an event without a limit
    /// and work that is passed on to be tried without one.
    /// </summary>
    public static bool MayBe(IOperation work, GuardContext guard) => new EndlessWork(guard, isDeliberate: true).Has([work], depth: 0);

    /// <summary>The same for the code of a method of this compilation.</summary>
    public static bool IsIn(IMethodSymbol method, bool isDeliberate, GuardContext guard) =>
        new EndlessWork(guard, isDeliberate).HasBody(method, depth: 0);

    /// <summary>Whether the task of the call is awaited or handed on there: <c>await LoopAsync()</c>, <c>return LoopAsync()</c>.</summary>
    public static bool IsWaitedFor(IInvocationOperation call) =>
        Unwrapped.ConfiguredAround(call).Parent is IAwaitOperation or IReturnOperation;

    private bool Has(IEnumerable<IOperation> code, int depth)
    {
        foreach (var operation in code)
        {
            switch (operation)
            {
                case ILocalFunctionOperation:
                    continue;
                // Task.Run(() => LoopAsync(token)); any other lambda runs when it is called
                case IAnonymousFunctionOperation when depth > 0 && !IsGivenToOffload(operation):
                    continue;
                case ILoopOperation loop when depth > 0 && IsEndless(loop):
                case IBranchOperation { BranchKind: BranchKind.GoTo } jump when depth > 0 && _isDeliberate && IsBack(jump):
                case IInvocationOperation wait when depth > 0 && _isDeliberate && IsForEvent(wait):
                case IInvocationOperation retry when _isDeliberate && IsTriedWithoutLimit(retry):
                    return true;
                case IMethodReferenceOperation { Method: var method } when depth == 0 && _seen.Add(method.OriginalDefinition):
                    if (HasBody(method, depth)) return true;
                    break;
                case IInvocationOperation { TargetMethod: var method } call
                    when depth < MostDepth && (depth == 0 || IsWaitedFor(call) || (_isDeliberate && IsSynchronous(method))):
                    if (Called(call) is { } work ? Has([work], depth: 0) : _seen.Add(method.OriginalDefinition) && HasBody(method, depth))
                        return true;
                    break;
            }

            var isWork = operation is IAnonymousFunctionOperation;
            if (Has(operation.ChildOperations, isWork ? depth + 1 : depth)) return true;
        }

        return false;
    }

    private bool HasBody(IMethodSymbol method, int depth)
    {
        foreach (var body in Bodies.Of(_guard).OperationsOf(method.OriginalDefinition))
        {
            // The body of a local function is the function itself.
            if (Has(body is ILocalFunctionOperation ? body.ChildOperations : [body], depth + 1)) return true;
        }

        return false;
    }

    // Func<Task> loop = async () => { while (true) … }; … _ = loop();
    private IOperation? Called(IInvocationOperation call) =>
        call.TargetMethod.MethodKind == MethodKind.DelegateInvoke && call.Instance is ILocalReferenceOperation or IFieldReferenceOperation
        && InitialValue.Of(call.Instance, _guard) is { } value && Unwrapped.Delegate(value) is IAnonymousFunctionOperation work
        && !work.Syntax.Span.Contains(call.Syntax.Span) && _seen.Add(work.Symbol)
            ? work : null;

    // Task Loop() => Task.Run(async () => { while (true) … });
    private bool IsGivenToOffload(IOperation lambda) =>
        Unwrapped.DelegateAround(lambda).Parent is IArgumentOperation { Parent: IInvocationOperation call } && IsWaitedFor(call)
        && _guard.Apis.Has(call.TargetMethod, ApiTraits.Offloads);

    // What runs until it is stopped may also give up before, as a heartbeat does that gets no answer; any other loop is left when it is
    // done.
    private bool IsEndless(ILoopOperation loop)
    {
        var ends = new LoopEnds(loop, _guard);
        if (_isDeliberate) return ends.Awaits && !ends.AreCertain;
        return loop switch
        {
            IWhileLoopOperation { Condition: { } condition } when Calls(condition) || ends.IsOnlyWhetherStopped(condition) => true,
            IForEachLoopOperation { IsAsynchronous: true } each => Calls(each.Collection) && !ends.CanBeLeft,
            _ => LoopBounds.IsEndless(loop) && !ends.CanBeLeft,
        };
    }

    // Task.Run(() => { WaitForEnd(); })
    private static bool IsSynchronous(IMethodSymbol method) => method is { ReturnsVoid: true, IsAsync: false };

    // stopped.WaitOne(), stopped.Wait()
    private bool IsForEvent(IInvocationOperation wait)
    {
        if (!wait.TargetMethod.Parameters.IsEmpty || !ConventionalNames.WaitsForEvent(wait.TargetMethod.Name)) return false;
        for (var type = wait.Instance?.Type; type is not null; type = type.BaseType)
        {
            if (_guard.Types.IsEvent(type)) return true;
        }

        return false;
    }

    // Retry.Do(ConnectAsync, maxAttempts: int.MaxValue)
    private static bool IsTriedWithoutLimit(IInvocationOperation call)
    {
        var isGivenWork = false;
        var hasNoLimit = false;
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind != ArgumentKind.Explicit) continue;
            isGivenWork |= argument.Parameter?.Type.TypeKind == TypeKind.Delegate;
            hasNoLimit |= argument.Value.ConstantValue is { HasValue: true, Value: int.MaxValue or long.MaxValue };
        }

        return isGivenWork && hasNoLimit;
    }

    // again: await PollAsync(); goto again;
    private static bool IsBack(IBranchOperation jump)
    {
        foreach (var label in jump.Target.Locations)
        {
            if (label.SourceSpan.Start < jump.Syntax.SpanStart) return true;
        }

        return false;
    }

    private static bool Calls(IOperation code)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation call && ConventionalNames.WaitsForNext(call.TargetMethod.Name)) return true;
        }

        return false;
    }
}
