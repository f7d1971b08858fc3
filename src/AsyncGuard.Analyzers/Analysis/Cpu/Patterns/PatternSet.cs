namespace AsyncGuard.Analysis.Cpu.Patterns;

/// <summary>
/// A set of characters of a regular expression: ASCII one by one, and for all others one digit, one letter, one space and one sign.
/// </summary>
internal readonly struct PatternSet
{
    private const byte Digit = 1;
    private const byte Letter = 2;
    private const byte Space = 4;
    private const byte Sign = 8;

    private readonly ulong _low;
    private readonly ulong _high;
    private readonly byte _other;

    private PatternSet(ulong low, ulong high, byte other)
    {
        _low = low;
        _high = high;
        _other = other;
    }

    public static PatternSet All { get; } = new(ulong.MaxValue, ulong.MaxValue, Digit | Letter | Space | Sign);

    public static PatternSet AnyButLineFeed { get; } = All.Without(Of('\n'));

    public static PatternSet Digits { get; } = Range('0', '9') | new PatternSet(0, 0, Digit);

    public static PatternSet Letters { get; } = Range('a', 'z') | Range('A', 'Z') | new PatternSet(0, 0, Letter);

    public static PatternSet Words { get; } = Digits | Letters | Of('_');

    public static PatternSet Spaces { get; } = Range('\t', '\r') | Of(' ') | new PatternSet(0, 0, Space);

    public bool IsEmpty => (_low | _high | _other) == 0;

    public static PatternSet Of(char letter) =>
        letter < 64 ? new PatternSet(1UL << letter, 0, 0) : new PatternSet(0, 1UL << (letter - 64), 0);

    public static PatternSet Range(char first, char last)
    {
        var set = default(PatternSet);
        for (var letter = first; letter <= last; letter++) set |= Of(letter);
        return set;
    }

    public static PatternSet operator |(PatternSet left, PatternSet right) =>
        new(left._low | right._low, left._high | right._high, (byte)(left._other | right._other));

    public static PatternSet operator &(PatternSet left, PatternSet right) =>
        new(left._low & right._low, left._high & right._high, (byte)(left._other & right._other));

    public PatternSet Without(PatternSet other) => this & new PatternSet(~other._low, ~other._high, (byte)~other._other);

    public PatternSet Complement() => All.Without(this);

    public bool Covers(PatternSet other) => other.Without(this).IsEmpty;

    /// <summary>The set with both cases of each letter.</summary>
    public PatternSet IgnoringCase()
    {
        var set = this;
        for (var letter = 'a'; letter <= 'z'; letter++)
        {
            var upper = (char)(letter - 32);
            if (!(this & (Of(letter) | Of(upper))).IsEmpty) set |= Of(letter) | Of(upper);
        }

        return set;
    }
}
