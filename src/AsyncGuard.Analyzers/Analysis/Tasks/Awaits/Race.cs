using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks.Awaits;

/// <summary>A call of <c>Task.WhenAny</c>: who runs, who tells the winner, and who is left behind.</summary>
internal sealed class Race
{
    private readonly IInvocationOperation _call;
    private readonly GuardContext _guard;
    private readonly IOperation _root;
    private readonly RaceOutcome _outcome;
    private readonly List<IOperation> _contenders = new();

    private Race(IInvocationOperation call, GuardContext guard)
    {
        _call = call;
        _guard = guard;
        _root = FlowGraphs.RootOf(call);
        foreach (var argument in call.Arguments) AddContenders(argument.Value);
        _outcome = new RaceOutcome(call, _contenders);
    }

    /// <summary>The delay that limits the time of the only other contender, or null.</summary>
    public IOperation? Limit { get; private set; }

    /// <summary>The race of a call, or null where it is none: another method, one task only, or a result that nobody waits for here.</summary>
    public static Race? Of(IInvocationOperation call, GuardContext guard)
    {
        if (call.TargetMethod.Name != "WhenAny" || !SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, guard.Types.Task)) return null;
        if (TaskFate.Of(call, guard).Kind != TaskFateKind.Awaited) return null;
        var race = new Race(call, guard);
        return race.ReadContenders() ? race : null;
    }

    /// <summary>Whether a task that was started here can lose, and is then neither awaited, cancelled nor observed.</summary>
    public bool LeavesLoser()
    {
        foreach (var contender in _contenders)
        {
            if (!ReferenceEquals(contender, Limit) && IsLeftBehind(contender)) return true;
        }

        return false;
    }

    /// <summary>Whether it is a time-out: when the delay wins, an exception is thrown, and nobody stops the delay when it loses.</summary>
    public bool IsTimeout() => Limit is { } limit && DelayOf(limit) is { } delay && !IsCancelled(delay) && _outcome.ThrowsWhenLost(Other(limit));

    private IOperation Other(IOperation contender) => ReferenceEquals(_contenders[0], contender) ? _contenders[1] : _contenders[0];

    private bool ReadContenders()
    {
        if (_contenders.Count == 0) return false;
        if (_contenders.Count == 1) return _guard.Awaitables.HoldsAwaitables(_contenders[0].Type);
        if (_contenders.Count > 2) return true;
        var (first, second) = (DelayOf(_contenders[0]), DelayOf(_contenders[1]));
        if (first is not null && second is not null) return false;
        if (first is not null && !IsEndless(first)) Limit = _contenders[0];
        if (second is not null && !IsEndless(second)) Limit = _contenders[1];
        return true;
    }

    private void AddContenders(IOperation value)
    {
        if (!ElementList.TryGet(value, out var elements))
        {
            _contenders.Add(Unwrapped.Conversions(value));
            return;
        }

        foreach (var element in elements) _contenders.Add(Unwrapped.Conversions(element));
    }

    private bool IsLeftBehind(IOperation contender)
    {
        if (contender is ILocalReferenceOperation { Local: var local } reference) return IsLeftBehind(local, reference);

        var starts = new List<IOperation>();
        TaskStarts.AddFrom(contender, starts, _guard);
        return starts.Count > 0 && CanFail(starts);
    }

    private bool IsLeftBehind(ILocalSymbol local, ILocalReferenceOperation reference)
    {
        var holder = TaskHolder.Of(local, _call, _guard);
        if (holder.Starts.Count == 0 || holder.IsShared || !CanFail(holder.Starts) || IsRacedAgain(local)) return false;
        foreach (var write in holder.Writes)
        {
            if (write.Start is null && !holder.IsCollection) return false;
        }

        foreach (var use in holder.Uses)
        {
            if (ReferenceEquals(use.Reference, reference) || !holder.TakesCare(use, _call, _guard)) continue;
            if (holder.IsCollection || !_outcome.IsOnlyIfWon(use.Reference, reference)) return false;
        }

        return true;
    }

    // A delay has nothing to tell, and what is cancelled was told to stop.
    private bool CanFail(IEnumerable<IOperation> starts)
    {
        foreach (var start in starts)
        {
            if (StartedTask.IsDelay(start, _guard) || IsWaitFor(start) || IsCancelled(start)) return false;
        }

        return true;
    }

    // task.WaitAsync(token), token.AsTask(): the task or the token is somebody else's
    private bool IsWaitFor(IOperation start) => start switch
    {
        IInvocationOperation { TargetMethod.Name: "WaitAsync", Instance: { } task } => _guard.Awaitables.IsTask(task.Type),
        IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: { Length: > 0 } arguments } => _guard.Tokens.IsToken(arguments[0].Value.Type),
        _ => false,
    };

    // while (…) { … await Task.WhenAny(read, stop) … }, where both were started before
    private bool IsRacedAgain(ILocalSymbol local)
    {
        for (var parent = _call.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); parent = parent.Parent)
        {
            if (parent is ILoopOperation && !parent.Syntax.Span.Contains(local.Locations[0].SourceSpan)) return true;
        }

        return false;
    }

    // var stopping = new CancellationTokenSource(); … WhenAny(RunAsync(stopping.Token), …); stopping.Cancel();
    private bool IsCancelled(IOperation start) => MentionsSource(start) && CancelsSource();

    private bool MentionsSource(IOperation start)
    {
        foreach (var operation in start.DescendantsAndSelf())
        {
            if (operation is ILocalReferenceOperation or IPropertyReferenceOperation or IFieldReferenceOperation or IParameterReferenceOperation && (_guard.Tokens.IsToken(operation.Type) || _guard.Tokens.IsSource(operation.Type))) return true;
        }

        return false;
    }

    // source.Cancel(), source.CancelAfter(limit), new CancellationTokenSource(limit)
    private bool CancelsSource()
    {
        foreach (var operation in _root.Descendants())
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod: { Name: "Cancel" or "CancelAsync" or "CancelAfter", ContainingType: var type } } when _guard.Tokens.IsSource(type):
                case IObjectCreationOperation { Arguments.Length: > 0, Type: var created } when _guard.Tokens.IsSource(created):
                    return true;
            }
        }

        return false;
    }

    /// <summary>The call of <c>Task.Delay</c> that a contender is, or that its local was given.</summary>
    private IInvocationOperation? DelayOf(IOperation contender)
    {
        if (contender is IInvocationOperation call) return StartedTask.IsDelay(call, _guard) ? call : null;
        if (contender is not ILocalReferenceOperation { Local: var local } || !SymbolEqualityComparer.Default.Equals(local.Type, _guard.Types.Task)) return null;
        var holder = TaskHolder.Of(local, _call, _guard);
        return holder.Starts.Count == 1 && holder.Writes.Count == 1 && StartedTask.IsDelay(holder.Starts[0], _guard) ? (IInvocationOperation)holder.Starts[0] : null;
    }

    // Task.Delay(Timeout.Infinite, token), Task.Delay(-1, token), Task.Delay(Timeout.InfiniteTimeSpan, token)
    private static bool IsEndless(IInvocationOperation delay)
    {
        foreach (var argument in delay.Arguments)
        {
            if (argument.Parameter?.Ordinal != 0) continue;
            return argument.Value.ConstantValue is { HasValue: true, Value: -1 } || argument.Value is IFieldReferenceOperation { Field.Name: "InfiniteTimeSpan" };
        }

        return false;
    }
}
