namespace AsyncGuard.Catalog;

/// <summary>Members of cancellation tokens, of their sources, and of the exceptions that carry them.</summary>
internal static class CancellationMembers
{
    public static readonly ApiMember Register = new(
        "M:System.Threading.CancellationToken.Register",
        "M:System.Threading.CancellationToken.UnsafeRegister");

    public static readonly ApiMember None = new("P:System.Threading.CancellationToken.None");

    /// <summary>Of a token or of its source.</summary>
    public static readonly ApiMember IsCancellationRequested = new(
        "P:System.Threading.CancellationToken.IsCancellationRequested",
        "P:System.Threading.CancellationTokenSource.IsCancellationRequested");

    public static readonly ApiMember ThrowIfCancellationRequested = new(
        "M:System.Threading.CancellationToken.ThrowIfCancellationRequested");

    /// <summary>What says by its name that code thinks of cancellation.</summary>
    public static readonly ApiMember Asks = new(
        "P:System.Threading.CancellationToken.IsCancellationRequested",
        "M:System.Threading.CancellationToken.ThrowIfCancellationRequested");

    /// <summary>Cancels a source, now or after a time.</summary>
    public static readonly ApiMember Cancel = new(
        "M:System.Threading.CancellationTokenSource.Cancel",
        "M:System.Threading.CancellationTokenSource.CancelAsync",
        "M:System.Threading.CancellationTokenSource.CancelAfter");

    public static readonly ApiMember CreateLinkedTokenSource = new("M:System.Threading.CancellationTokenSource.CreateLinkedTokenSource");

    /// <summary>A source with a time limit, from a clock.</summary>
    public static readonly ApiMember TimedSource = new("M:System.Threading.Tasks.TimeProviderTaskExtensions.CreateCancellationTokenSource");

    public static readonly ApiMember TokenOfException = new("P:System.OperationCanceledException.CancellationToken");

    public static readonly ApiMember WaitHandle = new("P:System.Threading.CancellationToken.WaitHandle");

    /// <summary>What code names that looks at the failure of a task which was waited for.</summary>
    public static readonly ApiMember LooksInside = new(
        "P:System.AggregateException.InnerExceptions",
        "M:System.AggregateException.Flatten");

    /// <summary>The same, and the failure that any exception may hold.</summary>
    public static readonly ApiMember MayLookInside = new(
        "P:System.AggregateException.InnerExceptions",
        "M:System.AggregateException.Flatten",
        "M:System.AggregateException.GetBaseException",
        "P:System.Exception.InnerException");

    public static readonly ApiMember InnerException = new("P:System.Exception.InnerException");

    /// <summary>Tokens of an application that live as long as it does.</summary>
    public static readonly ApiMember LateShutdown = new(
        "P:Microsoft.Extensions.Hosting.IHostApplicationLifetime.ApplicationStopping",
        "P:Microsoft.Extensions.Hosting.IHostApplicationLifetime.ApplicationStopped");
}
