using System;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Effects.Solving;

/// <summary>A member that a <see cref="CallSolver{TBody}"/> is about to solve, and how far what it calls has been looked at.</summary>
internal sealed class SolvedMember<TBody>(ISymbol symbol, TBody body, int number)
    where TBody : MemberBody
{
    private int _call;
    private int _target;

    public ISymbol Symbol { get; } = symbol;

    public TBody Body { get; } = body;

    /// <summary>Its place in the order of reading.</summary>
    public int Number { get; } = number;

    /// <summary>The first of the members that it is in a circle with, as far as that is known.</summary>
    public int Lowest { get; set; } = number;

    /// <summary>Whether it may still turn out to be in a circle with what is read now.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>The next member that may answer a call, or null; of those that may answer one, none behind one that decides it.</summary>
    public ISymbol? NextTarget(Func<ISymbol, bool> decides)
    {
        for (; _call < Body.Calls.Count; _call++, _target = 0)
        {
            var targets = Body.Calls[_call].Targets;
            if (_target < targets.Length && (_target == 0 || !decides(targets[_target - 1]))) return targets[_target++];
        }

        return null;
    }
}
