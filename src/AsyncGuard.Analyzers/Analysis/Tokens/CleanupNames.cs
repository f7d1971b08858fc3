using System;

namespace AsyncGuard.Analysis.Tokens;

/// <summary>Names of methods that release, undo or end something.</summary>
internal static class CleanupNames
{
    private static readonly string[] Undoing = { "Dispose", "Rollback", "RollBack", "Compensate", "Revert", "Undo", "Cleanup", "CleanUp" };
    private static readonly string[] Ending = { "Dispose", "Stop", "Close", "Shutdown", "ShutDown", "Cancel", "Abort", "Release",
        "Unlock", "Disconnect" };

    private static readonly string[] Following = { "OnDisconnected", "OnClosed", "OnClosing", "OnStopped", "OnStopping", "OnShutdown",
        "OnCompleted", "OnAborted" };

    /// <summary>Whether what the method does must run to its end.</summary>
    public static bool Undoes(string method) => StartsWithAny(method, Undoing);

    /// <summary>Whether the method ends the life of its object: what it does must not be cut short by that end.</summary>
    public static bool EndsLife(string method) => StartsWithAny(method, Ending);

    /// <summary>
    /// Whether the method is called when something is over: <c>OnDisconnectedAsync</c>. The token of that something is cancelled by then.
    /// </summary>
    public static bool FollowsEnd(string method) => StartsWithAny(method, Following);

    /// <summary>Whether a call of this very name releases something: <c>CloseAsync</c>, but not <c>CloseAccountAsync</c>.</summary>
    public static bool Releases(string method)
    {
        var length = method.EndsWith("Async", StringComparison.Ordinal) ? method.Length - "Async".Length : method.Length;
        foreach (var word in Ending)
        {
            if (word.Length == length && string.CompareOrdinal(method, 0, word, 0, length) == 0) return true;
        }

        return Undoes(method);
    }

    /// <summary>
    /// Whether the name starts with the word: <c>CommitAsync</c> and <c>Commit</c> do with <c>Commit</c>, <c>Committee</c> does not.
    /// </summary>
    public static bool StartsWith(string method, string word)
    {
        // IAsyncDisposable.DisposeAsync, implemented explicitly
        var start = method.LastIndexOf('.') + 1;
        if (string.CompareOrdinal(method, start, word, 0, word.Length) != 0) return false;
        return method.Length == start + word.Length || !char.IsLower(method[start + word.Length]);
    }

    private static bool StartsWithAny(string method, string[] words)
    {
        foreach (var word in words)
        {
            if (StartsWith(method, word)) return true;
        }

        return false;
    }
}
