using System;

namespace AsyncGuard.Analysis.Cpu;

/// <summary>
/// What code costs, in simple steps of about a nanosecond. What constant loops multiply is kept apart from the rest, and of what is called
/// one after the other the longest alone counts, so that however much calls however much, it takes a loop that says so to make a long
/// computation.
/// </summary>
internal readonly struct CpuCost
{
    private const double Most = 1e18;

    private readonly double _guessed;
    private readonly double _guessedCalled;

    public CpuCost(double plain)
        : this(plain, 0, 0, plain, 0)
    {
    }

    private CpuCost(double plain, double looped, double called, double guessed, double guessedCalled)
    {
        Plain = plain;
        Looped = looped;
        Called = called;
        _guessed = guessed;
        _guessedCalled = guessedCalled;
    }

    /// <summary>Steps outside of loops that are known to repeat.</summary>
    public double Plain { get; }

    /// <summary>Steps in loops that are known to repeat. A loop over data is taken to run once.</summary>
    public double Looped { get; }

    /// <summary>Steps in such loops of the longest call.</summary>
    public double Called { get; }

    /// <summary>All steps, with a guess for the loops over data.</summary>
    public double Guessed => _guessed + _guessedCalled;

    public static CpuCost operator +(CpuCost left, CpuCost right) => new(
        left.Plain + right.Plain,
        left.Looped + right.Looped,
        Math.Max(left.Called, right.Called),
        left._guessed + right._guessed,
        Math.Max(left._guessedCalled, right._guessedCalled));

    public static CpuCost operator *(CpuCost cost, double weight) =>
        new(cost.Plain * weight, cost.Looped * weight, cost.Called * weight, cost._guessed * weight, cost._guessedCalled * weight);

    /// <summary>A call of what costs so much.</summary>
    public static CpuCost OfCall(double plain, double looped) => new(plain, 0, looped, plain, looped);

    /// <summary>A loop that runs so often.</summary>
    public CpuCost Repeated(double passes) =>
        new(0, Math.Min(Most, (Plain + Looped + Called) * passes), 0, Math.Min(Most, Guessed * passes), 0);

    /// <summary>A loop over data.</summary>
    public CpuCost OverData(double guess) =>
        new(Plain, Looped, Called, Math.Min(Most, _guessed * guess), Math.Min(Most, _guessedCalled * guess));
}
