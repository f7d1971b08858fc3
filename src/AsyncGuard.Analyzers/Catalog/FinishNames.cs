using System;

namespace AsyncGuard.Catalog;

/// <summary>What others wait for at the end of work, by the names of types, members and methods alone.</summary>
internal static class FinishNames
{
    private static readonly string[] Kinds = ["Writer", "Reader", "Block", "Channel", "Source"];
    private static readonly string[] Signals = ["Event", "EventSlim", "EventWaitHandle"];
    private static readonly string[] Leaving = ["Debit", "Withdraw"];
    private static readonly string[] Arriving = ["Credit", "Deposit"];

    private static readonly string[] Running = ["Busy", "Running", "InProgress", "Loading", "Working", "Processing", "Locked", "Saving",
        "Refreshing", "Updating", "Syncing"];

    private static readonly string[] Markers = ["lock", "marker", "sentinel", "pidfile", ".pid"];

    private static readonly string[] Transactions = ["Transaction", "UnitOfWork"];

    /// <summary>Whether the method completes a task, a channel or a count that others wait for: <c>SetResult</c>, <c>Signal</c>.</summary>
    public static bool Completes(string method, string type) => method switch
    {
        "SetResult" or "TrySetResult" or "SetException" or "TrySetException" or "SetCanceled" or "TrySetCanceled" or "SetFromTask"
            or "TrySetFromTask" or "CompleteAdding" or "Signal" or "SignalAndWait" => true,
        "Complete" or "CompleteAsync" or "TryComplete" => EndsWithAny(type, Kinds),
        "Set" => EndsWithAny(type, Signals),
        "Release" => LockNames.IsLock(type),
        _ => false,
    };

    /// <summary>Whether the method runs work that its object stands for: <c>task.RunSynchronously()</c>, <c>thread.Start()</c>.</summary>
    public static bool Starts(string method, string type) => method is "RunSynchronously" or "Start" && type is "Task" or "Thread";

    /// <summary>Whether the method takes a part of something away, which another method brings elsewhere.</summary>
    public static bool Leaves(string method) => NameWord.StartsAny(method, Leaving);

    /// <summary>The opposite of <see cref="Leaves"/>.</summary>
    public static bool Arrives(string method) => NameWord.StartsAny(method, Arriving);

    /// <summary>Whether the member says that work goes on: <c>_busy</c>, <c>IsLoading</c>.</summary>
    public static bool MeansRunning(string member) => HasAny(member, Running);

    /// <summary>Whether the code, as text, names a file that says that work goes on: <c>lockPath</c>, <c>"app.pid"</c>.</summary>
    public static bool IsMarker(string code) => HasAny(code, Markers);

    /// <summary>Whether the name is that of something which undoes what is not committed.</summary>
    public static bool IsTransaction(string name) => HasAny(name, Transactions);

    /// <summary>Whether the method deletes a file or a folder.</summary>
    public static bool Deletes(string method) => method is "Delete" or "DeleteAsync";

    /// <summary>Whether the type stands for a file or a folder, or for all of them.</summary>
    public static bool IsFile(string type) => type is "File" or "FileInfo" or "Directory" or "DirectoryInfo";

    /// <summary>Whether the method of a file makes it or writes to it.</summary>
    public static bool Makes(string method) =>
        method.StartsWith("Create", StringComparison.Ordinal) || method.StartsWith("Write", StringComparison.Ordinal)
        || method.StartsWith("Append", StringComparison.Ordinal) || method is "Open" or "OpenWrite";

    private static bool EndsWithAny(string name, string[] words)
    {
        foreach (var word in words)
        {
            if (name.EndsWith(word, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static bool HasAny(string name, string[] words)
    {
        foreach (var word in words)
        {
            if (name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0) return true;
        }

        return false;
    }
}
