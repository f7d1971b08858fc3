using System.Collections.Generic;

namespace AsyncGuard.Models;

/// <summary>
/// A program for the body of a group, and what happens to the group from outside; times in virtual seconds, -1 for never.
/// </summary>
public sealed record Scenario(Program Body, int MaxConcurrency, bool Supervise, int OuterCancelAt, int TimeoutAt, int Seed)
{
    public override string ToString()
        => $"body {Body}, limit {MaxConcurrency}, {(Supervise ? "supervise" : "fail fast")}, outer cancel at {OuterCancelAt}, time-out at {TimeoutAt}, seed {Seed}";

    public IEnumerable<Scenario> Shrink()
    {
        foreach (var body in Body.Shrink()) yield return this with { Body = body };
        if (MaxConcurrency > 0) yield return this with { MaxConcurrency = 0 };
        if (Supervise) yield return this with { Supervise = false };
        if (OuterCancelAt >= 0) yield return this with { OuterCancelAt = -1 };
        if (TimeoutAt >= 0) yield return this with { TimeoutAt = -1 };
        if (Seed > 0) yield return this with { Seed = 0 };
    }
}
