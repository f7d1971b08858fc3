using System.Collections.Generic;
using System.Linq;

namespace AsyncGuard.Models;

/// <summary>What one child does.</summary>
public sealed record Program(IReadOnlyList<Step> Steps)
{
    public override string ToString() => $"[{string.Join(", ", Steps)}]";

    /// <summary>Smaller programs: without a step, with a child in its own place, with a smaller child.</summary>
    public IEnumerable<Program> Shrink()
    {
        if (Steps.Count > 1)
        {
            yield return new Program([.. Steps.Take(Steps.Count / 2)]);
            yield return new Program([.. Steps.Skip(Steps.Count / 2)]);
        }

        for (var i = 0; i < Steps.Count; i++)
        {
            yield return new Program([.. Steps.Take(i), .. Steps.Skip(i + 1)]);
            if (Steps[i].Child is not { } child) continue;
            yield return child;
            foreach (var smaller in child.Shrink())
                yield return new Program([.. Steps.Take(i), Steps[i] with { Child = smaller }, .. Steps.Skip(i + 1)]);
        }
    }
}
