namespace AsyncGuard.RuleTesting.Behaviour;

/// <summary>The n-th time that a caller has an effect; the start of a caller has no effect.</summary>
internal sealed record Place(string Effect, int Occurrence)
{
    public static Place Start { get; } = new("the start", 1);

    public override string ToString() => Occurrence == 1 ? $"'{Effect}'" : $"'{Effect}' ({Occurrence})";
}
