using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis.Cancellation;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Tokens;

/// <summary>
/// How a place receives the token in scope, so that nothing but the place obeys it: not in cleanup, not between
/// a task and its await, not where a cancelled wait would give
/// back what was never taken, and so that no handler around it takes the cancellation for an error.
/// </summary>
internal sealed class TokenWay
{
    private static readonly TokenWay None = new(token: null);

    private readonly MoveBeforeTry? _move;
    private readonly IReadOnlyList<HandlerFilter> _filters;

    private TokenWay(string? token, MoveBeforeTry? move = null, IReadOnlyList<HandlerFilter>? filters = null)
    {
        Token = token;
        _move = move;
        _filters = filters ?? [];
    }

    /// <summary>The token, or null where the place is left without.</summary>
    public string? Token { get; }

    /// <summary>The token that a place may receive as it stands, or null.</summary>
    public static string? TokenAt(IOperation place, FixContext fix) =>
        MustEnd(place, fix) || AcquireScope.Forbids(place, fix.Guard) || BestAt(place, fix) is not { } token ? null : token.Expression;

    /// <summary>
    /// The token that the condition of a loop may ask, or null. What stands behind the loop still runs then: a flag is set back, a lock is
    /// released.
    /// </summary>
    public static string? TokenThatEnds(ILoopOperation loop, FixContext fix) =>
        MustEnd(loop, fix) || AcquireScope.Loses(loop, fix.Guard) || BestAt(loop, fix) is not { } token ? null : token.Expression;

    /// <summary>
    /// The ways, best first. Where a token is in scope and must not be passed, a call that takes something has none, unless it
    /// <paramref name="canDoWithout"/>.
    /// </summary>
    public static IEnumerable<TokenWay> At(IOperation place, FixContext fix, bool canDoWithout = false)
    {
        if (!MustEnd(place, fix) && BestAt(place, fix) is { Expression: var token })
        {
            if (!AcquireScope.Forbids(place, fix.Guard))
            {
                yield return new TokenWay(token);
                if (FiltersAround(place, fix) is { } filters) yield return new TokenWay(token, filters: filters);
            }
            else if (!canDoWithout && AcquireScope.Acquires(place))
            {
                if (MoveBeforeTry.For(place, fix) is { } move) yield return new TokenWay(token, move);
                yield break;
            }
        }

        yield return None;
    }

    /// <summary>The same for a call that only gets the token: those that give it.</summary>
    public static IEnumerable<TokenWay> Giving(IOperation place, FixContext fix) => At(place, fix).Where(way => way.Token is not null);

    /// <summary>What else has to change. To be recorded after the edit of the place itself.</summary>
    public void Record(DocumentEdits edits, FixContext fix)
    {
        foreach (var filter in _filters) filter.Record(edits, fix);
        _move?.Record(edits);
    }

    // What a cancellation must not cut short: cleanup, the answer to a message, a pause behind which a task is awaited
    private static bool MustEnd(IOperation place, FixContext fix) =>
        IsCleanup(place, fix) || PauseBeforeAwait.Is(place, fix)
        || (place is IInvocationOperation call && fix.Guard.Apis.Has(call.TargetMethod, ApiTraits.Settles));

    private static bool IsCleanup(IOperation place, FixContext fix)
    {
        var member = fix.MemberOf(place.Syntax);

        // Task.Run(() => session.Dispose(), token) would leave it open where the token is cancelled before
        if (place is IInvocationOperation { TargetMethod: { Name: WellKnownMember.Dispose, Parameters.IsEmpty: true } }) return true;
        return place is IInvocationOperation call
            ? CleanupCode.Is(call, member, fix.Guard) : CleanupCode.Surrounds(place, member, fix.Guard);
    }

    private static TokenCandidate? BestAt(IOperation place, FixContext fix)
    {
        var best = TokenScope.Of(fix.Guard).Best(place, fix.MemberOf(place.Syntax));
        if (best is not { } token || PolledEnd.IsSkippedFrom(place, token, fix.Guard)) return null;
        return place is IInvocationOperation call && ConnectionToken.IsOfAnother(call, token, fix.Guard) ? null : best;
    }

    /// <summary>Filters for the nearest handlers that would take the cancellation for an error.</summary>
    private static List<HandlerFilter>? FiltersAround(IOperation place, FixContext fix)
    {
        var child = place;
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            if (parent is not ITryOperation attempt || !ReferenceEquals(attempt.Body, child)) continue;
            var filters = new List<HandlerFilter>();
            foreach (var clause in attempt.Catches)
            {
                if (!fix.Guard.Cancellations.Catches(clause.ExceptionType) || CancellationHandler.Decides(clause, fix.Guard)) continue;
                if (HandlerFilter.For((CatchClauseSyntax)clause.Syntax, clause, fix) is not { } filter) return null;
                filters.Add(filter);
            }

            if (filters.Count > 0) return filters;
        }

        return null;
    }
}
