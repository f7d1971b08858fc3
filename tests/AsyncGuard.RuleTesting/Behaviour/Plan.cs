namespace AsyncGuard.RuleTesting.Behaviour;

/// <summary>
/// How a program is run: with a fault, and with a second caller that runs as far as it gets while the first stands still at a place.
/// </summary>
internal sealed record Plan(Fault? Fault = null, Place? Second = null)
{
    public override string ToString() =>
        (Fault?.ToString() ?? "nothing fails") + (Second is null ? "" : $", with a second caller while the first is at {Second}");
}
