using System;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Catalog;

/// <summary>Names of members that the language or a pattern gives a meaning.</summary>
internal static class WellKnownMember
{
    public const string ConfigureAwait = "ConfigureAwait";
    public const string Dispose = "Dispose";
    public const string DisposeAsync = "DisposeAsync";
    public const string GetAwaiter = "GetAwaiter";
    public const string GetResult = "GetResult";
    public const string IsCompleted = "IsCompleted";

    /// <summary>Members of a <c>CancellationTokenSource</c>.</summary>
    public const string Token = "Token";
    public const string CancelAfter = "CancelAfter";
    public const string CreateLinkedTokenSource = "CreateLinkedTokenSource";

    /// <summary>Whether the method is a <c>Dispose</c>, implemented explicitly or not.</summary>
    public static bool IsDispose(IMethodSymbol method) =>
        method.Name == Dispose || method.Name.EndsWith("." + Dispose, StringComparison.Ordinal);

    /// <summary>Whether using the member of a source leaves the source with the code that has it.</summary>
    public static bool KeepsSource(string member) =>
        member is Token or "IsCancellationRequested" or "TryReset" or CancelAfter || CancelsSource(member);

    /// <summary>Whether the member of a source cancels it.</summary>
    public static bool CancelsSource(string member) => member is "Cancel" or "CancelAsync";
}
