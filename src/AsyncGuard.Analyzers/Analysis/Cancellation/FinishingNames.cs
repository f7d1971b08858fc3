using AsyncGuard.Analysis.Tokens;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>Names of methods that clean up after work, by what is lost where they do not run.</summary>
internal static class FinishingNames
{
    private static readonly string[] Releasing =
    {
        "Release", "Unlock", "Close", "Disconnect", "Shutdown", "ShutDown", "Stop", "Logout", "LogOut", "Unsubscribe", "Unregister", "Deregister", "Abort", "Abandon", "Nack", "Reject", "Requeue", "Restore",
    };

    private static readonly string[] Completing =
    {
        "Complete", "Finish", "Finalize", "Flush", "Save", "Persist", "Mark", "Update", "Delete", "Remove", "Notify", "Report", "Publish", "Log", "Audit", "Fail", "Ack", "Acknowledge", "DeadLetter",
    };

    /// <summary>Whether the method gives back or undoes what was taken or done.</summary>
    public static bool Releases(string method) => CleanupNames.Undoes(method) || StartsWithAny(method, Releasing);

    /// <summary>Whether the method writes down or tells others how work has ended.</summary>
    public static bool Completes(string method) => StartsWithAny(method, Completing);

    private static bool StartsWithAny(string method, string[] words)
    {
        foreach (var word in words)
        {
            if (CleanupNames.StartsWith(method, word)) return true;
        }

        return false;
    }
}
