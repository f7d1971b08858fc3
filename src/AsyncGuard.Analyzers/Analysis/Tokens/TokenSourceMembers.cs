namespace AsyncGuard.Analysis.Tokens;

/// <summary>Members of a <c>CancellationTokenSource</c>, by their names.</summary>
internal static class TokenSourceMembers
{
    public const string Token = "Token";
    public const string CancelAfter = "CancelAfter";
    public const string CreateLinked = "CreateLinkedTokenSource";

    /// <summary>Whether using the member leaves the source with the one who has it.</summary>
    public static bool KeepsOwner(string member) => member is Token or "IsCancellationRequested" or "TryReset" or CancelAfter || Cancels(member);

    public static bool Cancels(string member) => member is "Cancel" or "CancelAsync";
}
