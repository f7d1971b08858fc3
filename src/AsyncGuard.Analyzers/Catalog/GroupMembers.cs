using System;

namespace AsyncGuard.Catalog;

/// <summary>Members of the task groups of the runtime library.</summary>
internal static class GroupMembers
{
    public static readonly ApiMember Open = new("M:AsyncGuard.TaskGroup.Open");

    public static readonly ApiMember RunAsync = new("M:AsyncGuard.TaskGroup.RunAsync");

    /// <summary>Runs one child for each item.</summary>
    public static readonly ApiMember Loop = new("M:AsyncGuard.TaskGroup.ForEachAsync", "M:AsyncGuard.TaskGroup.MapAsync");

    /// <summary>The group that a scope opens.</summary>
    public static readonly ApiMember Group = new("P:AsyncGuard.TaskGroupScope.Group");

    public static readonly ApiMember MaxConcurrency = new("P:AsyncGuard.TaskGroupOptions.MaxConcurrency");

    /// <summary>Waits for the children.</summary>
    public static readonly ApiMember Join = new("M:AsyncGuard.TaskGroupScope.JoinAsync", "M:AsyncGuard.BackgroundTaskGroup.DrainAsync");

    public static readonly ApiMember Dispose = new(
        "M:AsyncGuard.TaskGroupScope.DisposeAsync",
        "M:AsyncGuard.BackgroundTaskGroup.DisposeAsync");

    public static readonly ApiMember Cancel = new(
        "M:AsyncGuard.TaskGroup.Cancel",
        "M:AsyncGuard.TaskGroupScope.Cancel",
        "M:AsyncGuard.BackgroundTaskGroup.Cancel",
        "M:AsyncGuard.TaskGroup.CancelAfter");

    /// <summary>The limit of a group, as code names it.</summary>
    public const string Limit = "MaxConcurrency";

    /// <summary>Starts a child that is a task, and one that is a value task.</summary>
    public const string Start = "Start";
    public const string StartValue = "StartValue";

    /// <summary>Whether a method of a group starts or adopts a child.</summary>
    public static bool Starts(string method) => StartsOne(method) || method is "TryStart" or "Track";

    /// <summary>Whether a method of a group starts a child, whether or not there is room.</summary>
    public static bool StartsOne(string method) => method.StartsWith("Start", StringComparison.Ordinal);

    /// <summary>Whether a group is waited for, or its end is awaited, where the member is used.</summary>
    public static bool Ends(string member) =>
        member is "JoinAsync" or "DrainAsync" or WellKnownMember.DisposeAsync or WellKnownMember.ConfigureAwait;
}
