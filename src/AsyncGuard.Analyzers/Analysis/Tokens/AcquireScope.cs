using System;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tokens.Interruption;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tokens;

/// <summary>
/// Places where one more exception, such as that of a cancelled wait, would do harm: something would be released that was never taken, or
/// would stay taken.
/// </summary>
internal static class AcquireScope
{
    /// <summary>
    /// Whether the call takes something that is released later, by its name: <c>WaitAsync</c>, <c>EnterReadLock</c>, <c>LockAsync</c>.
    /// </summary>
    public static bool Acquires(IOperation place) =>
        place is IInvocationOperation call && LockNames.Acquires(call.TargetMethod.Name)
        && (TakenBy(call) is not null || IsOnThis(call));

    /// <summary>Whether the place must not throw where it did not before.</summary>
    public static bool Forbids(IOperation place, GuardContext guard) =>
        TryOfAcquire(place) is not null || IsBetween(place) || IsUnprotected(place) || IsFlagged(place)
        || TakenItem.IsLostAt(place, isLeft: false, guard) || UnfinishedWork.IsBehind(place, guard);

    /// <summary>
    /// Whether the work must not end at the place though what stands behind it is done: an item is taken, or others take a part for the
    /// whole.
    /// </summary>
    public static bool Loses(IOperation place, GuardContext guard) =>
        TakenItem.IsLostAt(place, isLeft: false, guard) || UnfinishedWork.IsBehind(place, guard, isLeft: true);

    /// <summary>The same of a <c>try</c> that an exception leaves which it took before.</summary>
    public static bool ForbidsToLeave(ITryOperation attempt, GuardContext guard) =>
        TryOfAcquire(attempt) is not null || IsBetween(attempt) || IsUnprotected(attempt) || IsFlagged(attempt)
        || TakenItem.IsLostAt(attempt, isLeft: true, guard) || UnfinishedWork.IsBehind(attempt, guard);

    /// <summary>
    /// Whether something that others wait for is held at the place: in the <c>try</c> that gives it back, between the two calls, or in a
    /// <c>using</c>.
    /// </summary>
    public static bool IsHeldAt(IOperation place)
    {
        var child = place;
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            var isHeld = parent switch
            {
                ITryOperation { Finally: { } cleanup } attempt =>
                    ReferenceEquals(attempt.Body, child) && Calls(cleanup, LockNames.Releases),
                IUsingOperation use => ReferenceEquals(use.Body, child) && Calls(use.Resources, LockNames.Acquires),
                IBlockOperation block => IsAfterUsing(child, block),
                _ => false,
            };
            if (isHeld) return true;
        }

        return IsUnprotected(place);
    }

    // using var held = await gate.LockAsync();
    private static bool IsAfterUsing(IOperation place, IBlockOperation block)
    {
        foreach (var statement in block.Operations)
        {
            if (ReferenceEquals(statement, place)) return false;
            if (statement is IUsingDeclarationOperation && Calls(statement, LockNames.Acquires)) return true;
        }

        return false;
    }

    private static bool Calls(IOperation code, Func<string, bool> isNamed)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation call && isNamed(call.TargetMethod.Name)) return true;
        }

        return false;
    }

    /// <summary>
    /// The <c>try</c> that holds the place and gives back, in its <c>finally</c> or a <c>catch</c>, what is only taken there or later in
    /// it; null where there is none:
    /// <code>try { await gate.WaitAsync(); … } finally { gate.Release(); }</code>
    /// What is released under a condition that is set once it is taken is safe.
    /// </summary>
    public static ITryOperation? TryOfAcquire(IOperation place)
    {
        var child = place;
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            if (parent is not ITryOperation attempt || !ReferenceEquals(attempt.Body, child)) continue;
            if (attempt.Finally is { } cleanup && GivesBackTooMuch(cleanup, attempt, place)) return attempt;
            foreach (var handler in attempt.Catches)
            {
                if ((handler.ExceptionType is null || ApiTypes.MayCatchCancellation.Is(handler.ExceptionType))
                    && GivesBackTooMuch(handler.Handler, attempt, place))
                    return attempt;
            }
        }

        return null;
    }

    private static bool GivesBackTooMuch(IOperation cleanup, ITryOperation attempt, IOperation place)
    {
        foreach (var operation in cleanup.Descendants())
        {
            if (operation is not IInvocationOperation release) continue;
            foreach (var inner in attempt.Body.Descendants())
            {
                // What is taken before the place is held there.
                if (inner is IInvocationOperation acquire && acquire.Syntax.Span.End >= place.Syntax.Span.End
                    && LockNames.Acquires(acquire.TargetMethod.Name)
                    && IsGivenBackBy(release, acquire) && !IsGuarded(release, cleanup, acquire, attempt)
                    && !IsTakenBefore(attempt, acquire, place)) return true;
            }
        }

        return false;
    }

    // try { await gate.WaitAsync(); …; await gate.WaitAsync(); }: only the first one matters
    private static bool IsTakenBefore(ITryOperation attempt, IInvocationOperation acquire, IOperation place)
    {
        foreach (var inner in attempt.Body.Descendants())
        {
            if (inner is IInvocationOperation earlier && earlier.Syntax.Span.End < place.Syntax.SpanStart
                && earlier.TargetMethod.Name == acquire.TargetMethod.Name && TakenBy(earlier) is { } one && one.Equals(TakenBy(acquire)))
                return true;
        }

        return false;
    }

    private static bool IsGivenBackBy(IInvocationOperation release, IInvocationOperation acquire)
    {
        if (!LockNames.Releases(release.TargetMethod.Name))
            return TakenBy(acquire) is not null && GivesBackInside(release.TargetMethod, acquire);
        // await EnterAsync(); … Leave();
        if (IsOnThis(acquire)) return IsOnThis(release);
        if (TakenBy(acquire) is not { } taken) return false;
        return TakenBy(release) is { } given ? taken.Equals(given) : GivesBackInside(release.TargetMethod, acquire);
    }

    // void Leave() => _gate.Release();
    private static bool GivesBackInside(IMethodSymbol method, IInvocationOperation acquire)
    {
        if (NameOfTaken(acquire) is not { } name) return false;
        foreach (var declaration in method.OriginalDefinition.DeclaringSyntaxReferences)
        {
            foreach (var node in declaration.GetSyntax().DescendantNodes())
            {
                if (node is InvocationExpressionSyntax
                    {
                        Expression: MemberAccessExpressionSyntax
                        {
                            Name.Identifier.ValueText: var called,
                            Expression: var receiver
                        }
                    } && LockNames.Releases(called) && NameOf(receiver) == name)
                    return true;
            }
        }

        return false;
    }

    // if (taken) gate.Release(), where taken is set after the wait
    private static bool IsGuarded(IInvocationOperation release, IOperation cleanup, IInvocationOperation acquire, ITryOperation attempt)
    {
        for (var parent = release.Parent; parent is not null && !ReferenceEquals(parent, cleanup); parent = parent.Parent)
        {
            if (parent is not IConditionalOperation { Condition: var condition } || condition.Syntax.Span.Contains(release.Syntax.Span))
                continue;
            foreach (var read in condition.DescendantsAndSelf())
            {
                if (read is ILocalReferenceOperation or IFieldReferenceOperation && AccessPath.Of(read) is { } flag
                    && IsSetAfter(flag, acquire, attempt))
                    return true;
            }
        }

        return false;
    }

    private static bool IsSetAfter(AccessPath flag, IInvocationOperation acquire, ITryOperation attempt)
    {
        foreach (var operation in attempt.Body.Descendants())
        {
            if (operation is IAssignmentOperation assignment && flag.Equals(AccessPath.Of(assignment.Target)))
                return assignment.Syntax.SpanStart > acquire.Syntax.Span.End || assignment.Value.Syntax.Span.Contains(acquire.Syntax.Span);
        }

        return false;
    }

    /// <summary>
    /// Whether the place stands between a statement that changes something and the <c>try</c> whose <c>finally</c> changes it back:
    /// <code>_busy = true; await LoadAsync(); try { … } finally { _busy = false; }</code>
    /// </summary>
    private static bool IsBetween(IOperation place)
    {
        var child = place;
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            if (parent is not IBlockOperation block) continue;
            var at = block.Operations.IndexOf(child);
            for (var next = at + 1; at > 0 && next < block.Operations.Length; next++)
            {
                if (block.Operations[next] is not ITryOperation { Finally: { } cleanup }) continue;
                for (var before = 0; before < at; before++)
                {
                    if (ChangesBack(cleanup, block.Operations[before])) return true;
                }

                // What stands behind the first one is not between.
                break;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether the place stands between taking something and giving it back, with no <c>finally</c> that would give it back:
    /// <code>await gate.WaitAsync(); await LoadAsync(); gate.Release();</code>
    /// </summary>
    private static bool IsUnprotected(IOperation place) => IsBetween(place, static (first, second) =>
        CallIn(first) is { } acquire && LockNames.Acquires(acquire.TargetMethod.Name) && TakenBy(acquire) is { } taken
        && CallIn(second) is { } release && LockNames.Releases(release.TargetMethod.Name) && taken.Equals(TakenBy(release)));

    /// <summary>
    /// Whether the place stands between a change and its opposite, with no <c>finally</c> that would make it:
    /// <code>_isBusy = true; await LoadAsync(); _isBusy = false;      _running++; await LoadAsync(); _running--;</code>
    /// </summary>
    private static bool IsFlagged(IOperation place) => IsBetween(place, IsOpposite);

    private static bool IsBetween(IOperation place, Func<IOperation, IOperation, bool> belong)
    {
        var child = place;
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            if (parent is not IBlockOperation block) continue;
            var at = block.Operations.IndexOf(child);
            for (var next = at + 1; at > 0 && next < block.Operations.Length; next++)
            {
                for (var before = 0; before < at; before++)
                {
                    if (belong(block.Operations[before], block.Operations[next])) return true;
                }
            }
        }

        return false;
    }

    private static bool IsOpposite(IOperation first, IOperation second)
    {
        if (RemovedEntry.IsIn(second, first)) return true;
        if (first is not IExpressionStatementOperation { Operation: var change }
            || second is not IExpressionStatementOperation { Operation: var back }
            || ChangedBy(change) is not { } path || !path.Equals(ChangedBy(back)))
            return false;
        return (change, back) switch
        {
            (ISimpleAssignmentOperation { Value.ConstantValue: { HasValue: true, Value: bool one } },
                ISimpleAssignmentOperation { Value.ConstantValue: { HasValue: true, Value: bool other } }) => one != other,
            (IIncrementOrDecrementOperation one, IIncrementOrDecrementOperation other) => one.Kind != other.Kind,
            (IInvocationOperation one, IInvocationOperation other) =>
                (ThreadingMembers.Increment.IsUse(one) && ThreadingMembers.Decrement.IsUse(other))
                || (ThreadingMembers.Decrement.IsUse(one) && ThreadingMembers.Increment.IsUse(other)),
            _ => false,
        };
    }

    // gate.Wait();  await gate.WaitAsync().ConfigureAwait(false);
    private static IInvocationOperation? CallIn(IOperation statement)
    {
        if (statement is not IExpressionStatementOperation { Operation: var call }) return null;
        if (call is IAwaitOperation awaited) call = Unwrapped.Awaited(awaited.Operation);
        return call as IInvocationOperation;
    }

    private static bool ChangesBack(IOperation cleanup, IOperation statement)
    {
        if (RemovedEntry.IsIn(cleanup, statement)) return true;
        if (statement is not IExpressionStatementOperation { Operation: var change }) return false;
        if (change is IAwaitOperation awaited) change = Unwrapped.Awaited(awaited.Operation);
        foreach (var operation in cleanup.Descendants())
        {
            if (operation is IInvocationOperation release && change is IInvocationOperation acquire
                && LockNames.Acquires(acquire.TargetMethod.Name) && IsGivenBackBy(release, acquire))
                return true;
            if (ChangedBy(operation) is { } back && back.Equals(ChangedBy(change))) return true;
        }

        return false;
    }

    // _busy = true, _running++, Interlocked.Increment(ref _running); not a local, which is gone when the function is left
    private static AccessPath? ChangedBy(IOperation operation)
    {
        var path = operation switch
        {
            IAssignmentOperation assignment => AccessPath.Of(assignment.Target),
            IIncrementOrDecrementOperation count => AccessPath.Of(count.Target),
            // Interlocked.Increment(ref _running)
            IInvocationOperation { Arguments: { Length: > 0 } arguments } when arguments[0].Parameter?.RefKind == RefKind.Ref =>
                AccessPath.Of(arguments[0].Value),
            _ => null,
        };
        return path?.Root is ILocalSymbol ? null : path;
    }

    // gate.WaitAsync(), _locks.LockAsync(gate) as an extension
    private static AccessPath? TakenBy(IInvocationOperation call) => AccessPath.Of(Receiver(call));

    private static bool IsOnThis(IInvocationOperation call) => call.Instance is IInstanceReferenceOperation;

    private static IOperation? Receiver(IInvocationOperation call) =>
        call.Instance ?? (call.TargetMethod.IsStatic && call.Arguments.Length > 0 ? call.Arguments[0].Value : null);

    private static string? NameOfTaken(IInvocationOperation call) =>
        Receiver(call)?.Syntax is ExpressionSyntax receiver ? NameOf(receiver) : null;

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };
}
