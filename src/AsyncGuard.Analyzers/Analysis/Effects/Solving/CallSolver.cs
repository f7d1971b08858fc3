using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Effects.Solving;

/// <summary>
/// Finds out about members by what they call. Each body is read once, callees before callers; what calls each other in a circle is solved
/// together, so that an answer does not depend on earlier questions.
/// </summary>
internal abstract class CallSolver<TBody>
    where TBody : MemberBody
{
    /// <summary>Whether the answer for the member is there.</summary>
    protected abstract bool IsSolved(ISymbol member);

    /// <summary>Whether a call that the member may answer is decided by it, whatever else may answer it.</summary>
    protected abstract bool Decides(ISymbol member);

    protected abstract TBody BodyOf(ISymbol member);

    /// <summary>Answers for members that call each other, or for a single one. All that they call besides is solved.</summary>
    protected abstract void SolveTogether(IReadOnlyList<SolvedMember<TBody>> circle);

    /// <summary>Solves the member and all that it calls.</summary>
    protected void Solve(ISymbol start)
    {
        if (IsSolved(start)) return;
        var members = new Dictionary<ISymbol, SolvedMember<TBody>>(SymbolEqualityComparer.Default);
        var open = new Stack<SolvedMember<TBody>>();
        var path = new Stack<SolvedMember<TBody>>();
        Enter(start);
        while (path.Count > 0)
        {
            var member = path.Peek();
            if (member.NextTarget(Decides) is { } target)
            {
                if (IsSolved(target)) continue;
                if (!members.TryGetValue(target, out var found)) Enter(target);
                else if (found.IsOpen) member.Lowest = Math.Min(member.Lowest, found.Number);
                continue;
            }

            path.Pop();
            if (path.Count > 0) path.Peek().Lowest = Math.Min(path.Peek().Lowest, member.Lowest);
            if (member.Lowest == member.Number) Close(member);
        }

        void Enter(ISymbol symbol)
        {
            var member = new SolvedMember<TBody>(symbol, BodyOf(symbol), members.Count);
            members.Add(symbol, member);
            open.Push(member);
            path.Push(member);
        }

        void Close(SolvedMember<TBody> last)
        {
            var circle = new List<SolvedMember<TBody>>();
            do
            {
                circle.Add(open.Pop());
                circle[circle.Count - 1].IsOpen = false;
            }
            while (circle[circle.Count - 1] != last);
            SolveTogether(circle);
        }
    }

    /// <summary>
    /// The shortest way of each member of a circle to what is looked for, where there is one: what a body does by itself, what others of
    /// the circle do, and what is known of members outside. Where others may answer a call as well, those that are assumed to have a way
    /// count for it.
    /// </summary>
    protected static Dictionary<ISymbol, CallPath> ShortestWays(
        IReadOnlyList<SolvedMember<TBody>> circle, Func<TBody, BodyCall?> leafOf, Func<ISymbol, CallPath?> wayOutside,
        HashSet<ISymbol>? assumed = null)
    {
        var ways = new Dictionary<ISymbol, CallPath>(SymbolEqualityComparer.Default);
        var nearest = new List<(ISymbol Member, CallPath Way)>();
        do
        {
            nearest.Clear();
            foreach (var member in circle)
            {
                if (ways.ContainsKey(member.Symbol) || WayOf(member.Body) is not { } way) continue;
                if (nearest.Count > 0 && way.Distance > nearest[0].Way.Distance) continue;
                if (nearest.Count > 0 && way.Distance < nearest[0].Way.Distance) nearest.Clear();
                nearest.Add((member.Symbol, way));
            }

            foreach (var (member, way) in nearest) ways.Add(member, way);
        }
        while (nearest.Count > 0);

        return ways;

        CallPath? WayOf(TBody body)
        {
            if (leafOf(body) is { } leaf) return CallPath.Through(leaf, null, CallPath.DistanceBy(leaf, 0));
            BodyCall? best = null;
            CallPath? next = null;
            var distance = int.MaxValue;
            foreach (var call in body.Calls)
            {
                if (DistanceOf(call, out var through) is not { } found || found >= distance) continue;
                (best, next, distance) = (call, through, found);
            }

            return best is null ? null : CallPath.Through(best, next, distance);
        }

        // Whichever of them answers.
        int? DistanceOf(BodyCall call, out CallPath? through)
        {
            through = null;
            var longest = 0;
            foreach (var target in call.Targets)
            {
                if (!ways.TryGetValue(target, out var way)) way = wayOutside(target);
                if (way is null)
                {
                    if (assumed?.Contains(target) != true) return null;
                    continue;
                }

                through ??= way;
                longest = Math.Max(longest, way.Distance);
            }

            return through is null ? null : CallPath.DistanceBy(call, longest);
        }
    }
}
