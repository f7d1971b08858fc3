using AsyncGuard.Analysis.Tokens;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>
/// Words by which code shows what it does about the end of work: that it cleans up, by what is lost where that does not run, or that it
/// thinks of cancellation.
/// </summary>
internal static class CancellationWords
{
    private static readonly string[] Releasing =
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

    /// <summary>Whether the method gives back or undoes what was taken or done.</summary>
    public static bool Releases(string method) => CleanupNames.Undoes(method) || StartsWithAny(method, Releasing);

    /// <summary>Whether the method writes down or reports how work has ended.</summary>
    public static bool Completes(string method) => StartsWithAny(method, Completing);

    /// <summary>Whether the code names cancellation, or lets exceptions on.</summary>
    public static bool ThinksOfCancellation(SyntaxNode code)
    {
        foreach (var node in code.DescendantNodes())
        {
            switch (node)
            {
                case ThrowStatementSyntax or ThrowExpressionSyntax:
                case IdentifierNameSyntax
                {
                    Identifier.ValueText: "OperationCanceledException" or "TaskCanceledException"
                    or "IsCancellationRequested" or "ThrowIfCancellationRequested"
                }:
                    return true;
            }
        }

        return false;
    }

    private static bool StartsWithAny(string method, string[] words)
    {
        foreach (var word in words)
        {
            if (CleanupNames.StartsWith(method, word)) return true;
        }

        return false;
    }
}
