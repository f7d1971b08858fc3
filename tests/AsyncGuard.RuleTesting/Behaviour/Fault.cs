namespace AsyncGuard.RuleTesting.Behaviour;

/// <summary>A fault, at a place of the first caller.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Place">Where.</param>
/// <param name="Token">Which token is cancelled: the caller's, or that of a field of this name.</param>
/// <param name="Caller">Whose token is cancelled.</param>
internal sealed record Fault(FaultKind Kind, Place Place, string? Token = null, int Caller = 0)
{
    public bool Cancels => Kind is FaultKind.CancelsBefore or FaultKind.CancelsAfter;

    public override string ToString() => Kind switch
    {
        FaultKind.Fails => $"{Place} fails",
        FaultKind.TimesOut => $"{Place} times out",
        FaultKind.IsEarly => $"{Place} completes at once",
        FaultKind.CancelsBefore => $"{Token} of caller {Caller} is cancelled before {Place}",
        _ => $"{Token} of caller {Caller} is cancelled after {Place}",
    };
}
