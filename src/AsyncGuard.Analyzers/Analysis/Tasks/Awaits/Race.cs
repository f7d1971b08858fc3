using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks.Awaits;

/// <summary>A call of <c>Task.WhenAny</c>: what runs, what names the winner, and what is left behind.</summary>
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

    /// <summary>Whether the caller waits for the winner, and knows of no loser but those that it started itself.</summary>
    public bool IsReturned { get; private set; }

    /// <summary>
    /// The race of a call, or null where it is none: another method, one task only, or a result that is neither waited for here nor
    /// returned.
    /// </summary>
    public static Race? Of(IInvocationOperation call, GuardContext guard)
    {
        if (!TaskMembers.WhenAny.Is(call.TargetMethod)) return null;
        var fate = TaskFate.Of(call, guard).Kind;
        if (fate is not (TaskFateKind.Awaited or TaskFateKind.Returned)) return null;
        var race = new Race(call, guard) { IsReturned = fate == TaskFateKind.Returned };
        return race.ReadContenders() ? race : null;
    }

    /// <summary>Whether a task that was started here can lose, and is then neither awaited, cancelled nor observed.</summary>
    public bool LeavesLoser()
    {
        if (IsReturned) return false;
        foreach (var contender in _contenders)
        {
            if (DelayOf(contender) is null && IsLeftBehind(contender)) return true;
        }

        return false;
    }

    /// <summary>Whether a delay can lose and goes on then, because nothing cancels its token.</summary>
    public bool LeavesDelay()
    {
        foreach (var contender in _contenders)
        {
            if (_contenders.Count > 1 && DelayOf(contender) is { } delay && !IsStopped(delay, contender) && !IsUsedAgain(contender)
                && !(IsReturned && TokenOf(delay) is not null))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether the task whose time is limited is waited for in any case, so that the time-out ends nothing:
    /// <c>await Task.WhenAny(work, limit); if (limit.IsCompleted) Warn(); await work;</c>
    /// </summary>
    public bool WaitsForWork()
    {
        foreach (var contender in _contenders)
        {
            if (ReferenceEquals(contender, Limit) || contender is not ILocalReferenceOperation { Local: var local } reference) continue;
            var holder = TaskHolder.Of(local, _call, _guard);
            foreach (var use in holder.Uses)
            {
                if (!ReferenceEquals(use.Reference, reference) && holder.TakesCare(use, _call, _guard)
                    && !_outcome.IsOnlyIfWon(use.Reference, reference))
                    return true;
            }
        }

        return false;
    }

    // var delay = Task.Delay(100); … WhenAny(work, delay) …; await delay;
    private bool IsUsedAgain(IOperation contender)
    {
        if (contender is not ILocalReferenceOperation { Local: var local } reference) return false;
        if (IsRacedAgain(local)) return true;
        var holder = TaskHolder.Of(local, _call, _guard);
        foreach (var use in holder.Uses)
        {
            if (!ReferenceEquals(use.Reference, reference) && holder.TakesCare(use, _call, _guard)
                && !_outcome.IsOnlyIfWon(use.Reference, reference))
                return true;
        }

        return false;
    }

    // Task.Delay(limit, stop.Token), where the source is cancelled, or is in the hands of others
    private bool IsStopped(IInvocationOperation delay, IOperation contender)
    {
        return TokenOf(delay) is { } token && RaceSource.Of(token, _guard) is { } source
            && source.IsCancelled(_root, place => _outcome.IsOnlyIfWon(place, contender), _guard);
    }

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
        return starts.Count > 0 && CanFail(starts, contender);
    }

    private bool IsLeftBehind(ILocalSymbol local, ILocalReferenceOperation reference)
    {
        var holder = TaskHolder.Of(local, _call, _guard);
        if (holder.Starts.Count == 0 || holder.IsShared || !CanFail(holder.Starts, reference) || IsRacedAgain(local)) return false;
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

    // A delay has no result, and what is cancelled was asked to stop.
    private bool CanFail(IEnumerable<IOperation> starts, IOperation contender)
    {
        foreach (var start in starts)
        {
            if (StartedTask.IsDelay(start) || IsWaitFor(start) || IsCancelled(start, contender)
                || EndsWithWinner(start, contender))
                return false;
        }

        return true;
    }

    // var stop = Task.Delay(Timeout.Infinite, token); … WhenAny(ReadAsync(token), stop): what ends the one ends the other
    private bool EndsWithWinner(IOperation start, IOperation contender)
    {
        if (_contenders.Count != 2) return false;
        var other = ReferenceEquals(_contenders[0], contender) ? _contenders[1] : _contenders[0];
        if (IsEndOfReceiver(other, start)) return true;
        if (DelayOf(other) is not { } delay || !IsEndless(delay) || AccessPath.Of(TokenOf(delay)) is not { } token) return false;
        foreach (var operation in start.Descendants())
        {
            if (_guard.Tokens.IsToken(operation.Type) && AccessPath.Of(operation) is { } path && path.Equals(token)) return true;
        }

        return false;
    }

    // WhenAny(reader.WaitToReadAsync(token), reader.Completion): when the reader ends, what waits for it ends
    private static bool IsEndOfReceiver(IOperation other, IOperation start)
    {
        while (start is IInvocationOperation { Arguments.Length: 0, Instance: IInvocationOperation inner }) start = inner;
        return other is IPropertyReferenceOperation { Instance: { } owner } && start is IInvocationOperation { Instance: { } receiver }
            && AccessPath.Of(owner) is { } path && AccessPath.Of(receiver) is { } same && path.Equals(same);
    }

    private IOperation? TokenOf(IInvocationOperation delay)
    {
        foreach (var argument in delay.Arguments)
        {
            if (_guard.Tokens.IsToken(argument.Parameter?.Type)) return IsNone(argument.Value) ? null : argument.Value;
        }

        return null;
    }

    // CancellationToken.None, default, and a token that is not passed
    private static bool IsNone(IOperation token) => Unwrapped.Conversions(token) is var given
        && (given is IDefaultValueOperation || CancellationMembers.None.IsUse(given));

    // task.WaitAsync(token), token.AsTask(): the task or the token belongs to other code
    private bool IsWaitFor(IOperation start) => start switch
    {
        IInvocationOperation call when TaskMembers.WaitAsync.Is(call.TargetMethod) => true,
        IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: { Length: > 0 } arguments } =>
            _guard.Tokens.IsToken(arguments[0].Value.Type),
        _ => false,
    };

    // while (…) { … await Task.WhenAny(read, stop) … }, where both were started before
    private bool IsRacedAgain(ILocalSymbol local)
    {
        for (var parent = _call.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            if (parent is ILoopOperation && !parent.Syntax.Span.Contains(local.Locations[0].SourceSpan)) return true;
        }

        return false;
    }

    // var stopping = new CancellationTokenSource(); … WhenAny(RunAsync(stopping.Token), …); stopping.Cancel();
    private bool IsCancelled(IOperation start, IOperation contender)
    {
        foreach (var operation in start.DescendantsAndSelf())
        {
            if (!_guard.Tokens.IsToken(operation.Type) && !_guard.Tokens.IsSource(operation.Type)) continue;
            if (RaceSource.Of(operation, _guard) is { } source
                && source.IsCancelled(_root, place => _outcome.IsOnlyIfWon(place, contender), _guard))
                return true;
        }

        return false;
    }

    /// <summary>The call of <c>Task.Delay</c> that a contender is, or that its local received.</summary>
    private IInvocationOperation? DelayOf(IOperation contender)
    {
        if (contender is IInvocationOperation call) return StartedTask.IsDelay(call) ? call : null;
        if (contender is not ILocalReferenceOperation { Local: var local }
            || !SymbolEqualityComparer.Default.Equals(local.Type, _guard.Types.Task))
            return null;
        var holder = TaskHolder.Of(local, _call, _guard);
        return holder.Starts.Count == 1 && holder.Writes.Count == 1 && StartedTask.IsDelay(holder.Starts[0])
            ? (IInvocationOperation)holder.Starts[0] : null;
    }

    // Task.Delay(Timeout.Infinite, token), Task.Delay(-1, token), Task.Delay(Timeout.InfiniteTimeSpan, token)
    private static bool IsEndless(IInvocationOperation delay)
    {
        foreach (var argument in delay.Arguments)
        {
            if (argument.Parameter?.Ordinal != 0) continue;
            return argument.Value.ConstantValue is { HasValue: true, Value: -1 }
                || ThreadingMembers.InfiniteTimeSpan.IsUse(argument.Value);
        }

        return false;
    }
}
