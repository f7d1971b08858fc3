using System.Collections.Generic;

namespace AsyncGuard.Analysis.Cpu.Patterns;

/// <summary>A part of a regular expression.</summary>
internal sealed class PatternNode
{
    private PatternNode(PatternKind kind, PatternSet set, int least, int most, IReadOnlyList<PatternNode> parts)
    {
        Kind = kind;
        Set = set;
        Least = least;
        Most = most;
        Parts = parts;
    }

    public static PatternNode Empty { get; } = new(PatternKind.Sequence, default, 0, 0, []);

    /// <summary>Something that takes no character and may not hold: <c>\b</c>, <c>(?=x)</c>.</summary>
    public static PatternNode Condition { get; } = new(PatternKind.Condition, default, 0, 0, []);

    /// <summary><c>$</c>, <c>\z</c></summary>
    public static PatternNode End { get; } = new(PatternKind.End, default, 0, 0, []);

    public PatternKind Kind { get; }

    public PatternSet Set { get; }

    public int Least { get; }

    /// <summary>How often at most; <see cref="int.MaxValue"/> for without end.</summary>
    public int Most { get; }

    public IReadOnlyList<PatternNode> Parts { get; }

    public static PatternNode One(PatternSet set) => new(PatternKind.One, set, 0, 0, []);

    public static PatternNode Sequence(IReadOnlyList<PatternNode> parts) =>
        parts.Count == 1 ? parts[0] : new(PatternKind.Sequence, default, 0, 0, parts);

    public static PatternNode Choice(IReadOnlyList<PatternNode> parts) =>
        parts.Count == 1 ? parts[0] : new(PatternKind.Choice, default, 0, 0, parts);

    public static PatternNode Repeated(PatternNode part, int least, int most) => new(PatternKind.Repeated, default, least, most, [part]);

    /// <summary>Whether any part of it repeats without end.</summary>
    public bool IsUnbounded()
    {
        if (Kind == PatternKind.Repeated && Most == int.MaxValue) return true;
        foreach (var part in Parts)
        {
            if (part.IsUnbounded()) return true;
        }

        return false;
    }
}
