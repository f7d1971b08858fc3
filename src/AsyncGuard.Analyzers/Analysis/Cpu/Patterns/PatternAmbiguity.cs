using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace AsyncGuard.Analysis.Cpu.Patterns;

/// <summary>
/// Whether a regular expression may go back exponentially often before it fails. Each character that the expression names is a state; where
/// two different ways lead from a state back to itself over the same text, the number of ways doubles with every time round, and a failure
/// behind the loop has all of them tried:
/// <c>(a+)+$</c>, <c>(\w+\s?)*$</c>, <c>(a|aa)*b</c>, <c>(.*,){11}x</c>.
/// </summary>
internal sealed class PatternAmbiguity
{
    private const int MostStates = 60;
    private const int MostCopies = 4;

    /// <summary>From so many times on, a counted repetition of loops is as bad as one without end.</summary>
    private const int ManyTimes = 10;

    private readonly List<PatternSet> _sets = new();
    private readonly List<bool> _isEnd = new();
    private readonly Dictionary<(int From, int To), int> _ways = new();
    private readonly List<List<int>> _next = new();

    private PatternAmbiguity()
    {
    }

    public static bool IsExponential(string pattern, RegexOptions options)
    {
        if (!MayRepeatGroup(pattern) || PatternReader.Read(pattern, options) is not { } root) return false;
        var ambiguity = new PatternAmbiguity();
        var whole = ambiguity.Build(root);
        return ambiguity._sets.Count <= MostStates && ambiguity.HasExponentialLoop(whole.Last);
    }

    /// <summary>Whether the pattern repeats a group, as all do that are exponential: <c>)*</c>, <c>)+</c>, <c>){</c>.</summary>
    public static bool MayRepeatGroup(string pattern)
    {
        for (var at = pattern.IndexOf(')'); at >= 0 && at + 1 < pattern.Length; at = pattern.IndexOf(')', at + 1))
        {
            if (pattern[at + 1] is '*' or '+' or '{') return true;
        }

        return false;
    }

    private (bool IsNullable, List<int> First, List<int> Last) Build(PatternNode node)
    {
        switch (node.Kind)
        {
            case PatternKind.One:
                return State(node.Set, isEnd: false);
            case PatternKind.Condition:
                return State(default, isEnd: false);
            case PatternKind.End:
                return State(default, isEnd: true);
            case PatternKind.Choice:
                var (isNullable, first, last) = (false, new List<int>(), new List<int>());
                foreach (var part in node.Parts)
                {
                    var built = Build(part);
                    isNullable |= built.IsNullable;
                    first.AddRange(built.First);
                    last.AddRange(built.Last);
                }

                return (isNullable, first, last);
            case PatternKind.Repeated:
                return BuildRepeated(node.Parts[0], node.Least, node.Most);
            default:
                var all = (IsNullable: true, First: new List<int>(), Last: new List<int>());
                foreach (var part in node.Parts) all = Joined(all, Build(part));
                return all;
        }
    }

    private (bool IsNullable, List<int> First, List<int> Last) BuildRepeated(PatternNode part, int least, int most)
    {
        var isMany = most >= ManyTimes && part.IsUnbounded();
        if (most == int.MaxValue || isMany)
        {
            var loop = Build(part);
            Connect(loop.Last, loop.First);
            if (least == 0) loop.IsNullable = true;

            // To have come round too few times is one more way to fail.
            return isMany && least >= ManyTimes ? Joined(loop, State(default, isEnd: false)) : loop;
        }

        var required = Math.Min(least, MostCopies);
        var optional = Math.Min(most - least, MostCopies);
        var all = (IsNullable: true, First: new List<int>(), Last: new List<int>());
        for (var i = 0; i < required + optional && _sets.Count <= MostStates; i++)
        {
            var copy = Build(part);
            if (i >= required) copy.IsNullable = true;
            all = Joined(all, copy);
        }

        return all;
    }

    private (bool IsNullable, List<int> First, List<int> Last) Joined((bool IsNullable, List<int> First, List<int> Last) left,
        (bool IsNullable, List<int> First, List<int> Last) right)
    {
        Connect(left.Last, right.First);
        var first = new List<int>(left.First);
        if (left.IsNullable) first.AddRange(right.First);
        var last = new List<int>(right.Last);
        if (right.IsNullable) last.AddRange(left.Last);
        return (left.IsNullable && right.IsNullable, first, last);
    }

    private (bool IsNullable, List<int> First, List<int> Last) State(PatternSet set, bool isEnd)
    {
        _sets.Add(set);
        _isEnd.Add(isEnd);
        _next.Add(new List<int>());
        return (false, [_sets.Count - 1], [_sets.Count - 1]);
    }

    private void Connect(List<int> from, List<int> to)
    {
        foreach (var one in from)
        {
            foreach (var other in to)
            {
                _ways.TryGetValue((one, other), out var ways);
                _ways[(one, other)] = ways + 1;
                if (ways == 0) _next[one].Add(other);
            }
        }
    }

    private bool HasExponentialLoop(List<int> last)
    {
        for (var state = 0; state < _sets.Count; state++)
        {
            if (_sets[state].IsEmpty || !IsAmbiguous(state)) continue;
            if (!last.Contains(state) && !TakesAnything(state, last)) return true;
        }

        return false;
    }

    /// <summary>Whether two ways lead from the state back to itself over the same text.</summary>
    private bool IsAmbiguous(int start)
    {
        // Pairs of states that the same text may lead to; the flag says whether the ways to them have parted.
        var seen = new HashSet<(int, int, bool)>();
        var open = new Stack<(int Left, int Right, bool HasParted)>();
        open.Push((start, start, false));
        while (open.Count > 0)
        {
            var (left, right, hasParted) = open.Pop();
            foreach (var nextLeft in _next[left])
            {
                foreach (var nextRight in _next[right])
                {
                    if ((_sets[nextLeft] & _sets[nextRight]).IsEmpty) continue;
                    var parted = hasParted || nextLeft != nextRight || (left == right && _ways[(left, nextLeft)] > 1);
                    if (parted && nextLeft == start && nextRight == start) return true;
                    if (seen.Add((nextLeft, nextRight, parted))) open.Push((nextLeft, nextRight, parted));
                }
            }
        }

        return false;
    }

    // (a+)+.*$ cannot fail
    private bool TakesAnything(int state, List<int> last)
    {
        foreach (var next in _next[state])
        {
            if (!_sets[next].Covers(PatternSet.AnyButLineFeed) || !_next[next].Contains(next)) continue;
            if (last.Contains(next)) return true;
            foreach (var after in _next[next])
            {
                if (_isEnd[after]) return true;
            }
        }

        return false;
    }
}
