using System;

namespace AsyncGuard.Catalog;

/// <summary>What methods do about the beginning and the end of work, by the first word of their names.</summary>
internal static class CleanupNames
{
    private static readonly string[] Undoing = { "Dispose", "Rollback", "RollBack", "Compensate", "Revert", "Undo", "Cleanup", "CleanUp" };
    private static readonly string[] Ending = { "Dispose", "Stop", "Close", "Shutdown", "ShutDown", "Cancel", "Abort", "Release",
        "Unlock", "Disconnect" };

    private static readonly string[] Halting = ["Cancel", "Abort", "Stop", "Shutdown", "ShutDown", "Kill"];

    private static readonly string[] Following = { "OnDisconnected", "OnClosed", "OnClosing", "OnStopped", "OnStopping", "OnShutdown",
        "OnCompleted", "OnAborted" };

    private static readonly string[] Returning =
    {
        "Release", "Unlock", "Close", "Disconnect", "Shutdown", "ShutDown", "Stop", "Logout", "LogOut", "Unsubscribe", "Unregister",
            "Deregister", "Abort", "Abandon", "Nack", "Reject", "Requeue", "Restore",
    };

    private static readonly string[] Completing =
    {
        "Complete", "Finish", "Finalize", "Flush", "Save", "Persist", "Mark", "Update", "Delete", "Remove", "Notify", "Report", "Publish",
            "Log", "Audit", "Fail", "Ack", "Acknowledge", "DeadLetter", "Drop", "Destroy", "Purge", "Erase", "Discard", "Clear", "Leave",
            "Decrease", "Decrement",
    };

    private static readonly string[] SettingBack = ["Release", "Return", "Exit", "Leave", "Unlock", "Decrement", "Restore", "Reset"];

    private static readonly string[] GoingOn = { "Start", "Begin", "Subscribe", "Listen", "Watch", "Schedule", "Queue", "Enqueue" };

    private static readonly string[] Starting = ["Start", "Restart", "Connect", "Reconnect", "Open", "Reopen", "Begin", "Resume"];

    private static readonly string[] Changing = ["Set", "Remove", "Refresh", "Expire", "Evict", "Invalidate", "Clear"];

    /// <summary>Whether what the method does must run to its end.</summary>
    public static bool Undoes(string method) => NameWord.StartsAny(method, Undoing);

    /// <summary>Whether the method ends the life of its object: what it does must not be cut short by that end.</summary>
    public static bool EndsLife(string method) => NameWord.StartsAny(method, Ending);

    /// <summary>Whether a call of this very name ends work that is going on: <c>StopAsync</c>, but not <c>CancelOrder</c>.</summary>
    public static bool EndsWork(string method) => IsOneOf(method, Halting);

    /// <summary>
    /// Whether the method is called when something is over: <c>OnDisconnectedAsync</c>. The token of that something is cancelled by then.
    /// </summary>
    public static bool FollowsEnd(string method) => NameWord.StartsAny(method, Following);

    /// <summary>Whether a call of this very name releases something: <c>CloseAsync</c>, but not <c>CloseAccountAsync</c>.</summary>
    public static bool Releases(string method) => IsOneOf(method, Ending) || Undoes(method);

    /// <summary>
    /// Whether a method of this very name starts the work of its object: <c>StartAsync</c>, but not <c>StartUploadAsync</c>. The object's
    /// own token is that of the work, which may have been stopped before.
    /// </summary>
    public static bool StartsObject(string method) => IsOneOf(method, Starting);

    private static bool IsOneOf(string method, string[] words)
    {
        var length = method.EndsWith(ConventionalNames.Async, StringComparison.Ordinal)
            ? method.Length - ConventionalNames.Async.Length : method.Length;
        foreach (var word in words)
        {
            if (word.Length == length && string.CompareOrdinal(method, 0, word, 0, length) == 0) return true;
        }

        return false;
    }

    /// <summary>Whether the method gives back or undoes what was taken or done.</summary>
    public static bool GivesBack(string method) => Undoes(method) || NameWord.StartsAny(method, Returning);

    /// <summary>Whether the method writes down or reports how work has ended.</summary>
    public static bool Completes(string method) => NameWord.StartsAny(method, Completing);

    /// <summary>Whether the method sets back what has begun.</summary>
    public static bool SetsBack(string method) => Releases(method) || NameWord.StartsAny(method, SettingBack);

    /// <summary>Whether the method disposes asynchronously, of an interface or by convention.</summary>
    public static bool DisposesAsync(string method) => NameWord.Starts(method, WellKnownMember.DisposeAsync);

    /// <summary>Whether the method makes what was done stay.</summary>
    public static bool Commits(string method) => NameWord.Starts(method, "Commit");

    /// <summary>Whether the method is called because something has happened: <c>OnUserDeletedAsync</c>.</summary>
    public static bool Tells(string method) => NameWord.Starts(method, "On") || NameWord.Starts(method, "Complete");

    /// <summary>Whether what the method begins goes on when it has returned: <c>StartAsync</c>, <c>Subscribe</c>.</summary>
    public static bool LetsWorkGoOn(string method) => NameWord.StartsAny(method, GoingOn);

    /// <summary>Whether the method changes what a cache holds.</summary>
    public static bool ChangesCache(string method) => NameWord.StartsAny(method, Changing);
}
