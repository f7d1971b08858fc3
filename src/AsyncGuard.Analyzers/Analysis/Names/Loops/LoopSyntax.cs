using System;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Names.Loops;

/// <summary>
/// Finds by the syntax alone whether code may loop for long: through constants that multiply, or through three levels of data that do not
/// depend on one another.
/// Wrong only in favour of a closer look.
/// </summary>
internal static class LoopSyntax
{
    private const double Many = 100;
    private const int ManyNested = 3;

    public static bool MayBeLong(SyntaxNode code) => MayBeLong(code, 1);

    private static bool MayBeLong(SyntaxNode code, double passes)
    {
        foreach (var child in code.ChildNodes())
        {
            var inside = passes;
            if (LoopParts.BodyOf(child) is { } body)
            {
                if (LoopParts.Suspends(body)) inside = 1;
                else if (!LoopParts.HasWayOut(body, child))
                {
                    inside *= Math.Max(1, LoopPasses.Of(child, code));
                    if (inside >= Many || LoopNesting.Depth(child, child) >= ManyNested) return true;
                }
            }

            if (MayBeLong(child, inside)) return true;
        }

        return false;
    }
}
