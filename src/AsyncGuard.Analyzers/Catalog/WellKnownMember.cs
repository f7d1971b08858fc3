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
    public const string GetEnumerator = "GetEnumerator";
    public const string MoveNext = "MoveNext";
    public const string Current = "Current";
    public const string Deconstruct = "Deconstruct";

    public const string CompareTo = "CompareTo";

    /// <summary>What a collection initializer calls.</summary>
    public const string Add = "Add";

    /// <summary>An indexer, where it has no other name.</summary>
    public const string Item = "Item";

    /// <summary>Called with what is to run when a task is complete.</summary>
    public const string OnCompleted = "OnCompleted";
    public const string UnsafeOnCompleted = "UnsafeOnCompleted";

    /// <summary>Members of a <c>CancellationTokenSource</c>.</summary>
    public const string Token = "Token";
    public const string CancelAfter = "CancelAfter";
    public const string CreateLinkedTokenSource = "CreateLinkedTokenSource";

    /// <summary>Whether every object has the method.</summary>
    public static bool IsOfObject(string method) => method is nameof(ToString) or nameof(GetType) or nameof(GetHashCode) or nameof(Equals);

    /// <summary>Whether the method, when passed null, reports that it is null.</summary>
    public static bool TestsForNull(string method) => method is nameof(ReferenceEquals) or nameof(Equals) or "ThrowIfNull";

    /// <summary>Whether the member is called by <c>foreach</c>.</summary>
    public static bool IsOfForEach(string member) => member is GetEnumerator or MoveNext or Current;

    /// <summary>Whether the method is a <c>Dispose</c>, implemented explicitly or not.</summary>
    public static bool IsDispose(IMethodSymbol method) =>
        method.Name == Dispose || method.Name.EndsWith("." + Dispose, StringComparison.Ordinal);

    /// <summary>Whether using the member of a source leaves the source with the code that has it.</summary>
    public static bool KeepsSource(string member) =>
        member is Token or "IsCancellationRequested" or "TryReset" or CancelAfter || CancelsSource(member);

    /// <summary>Whether the member of a source cancels it.</summary>
    public static bool CancelsSource(string member) => member is "Cancel" or "CancelAsync";
}
