namespace AsyncGuard.Analysis.Cpu.Patterns;

/// <summary>What a part of a regular expression is.</summary>
internal enum PatternKind
{
    One,
    Sequence,
    Choice,
    Repeated,
    Condition,
    End,
}
