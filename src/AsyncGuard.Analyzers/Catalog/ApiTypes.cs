namespace AsyncGuard.Catalog;

/// <summary>Types of APIs that are looked for where no compilation is at hand.</summary>
internal static class ApiTypes
{
    public static readonly ApiType TimeSpan = new("T:System.TimeSpan");

    public static readonly ApiType Exception = new("T:System.Exception");

    public static readonly ApiType StringBuilder = new("T:System.Text.StringBuilder");

    public static readonly ApiType Regex = new("T:System.Text.RegularExpressions.Regex");

    /// <summary>What says that work was cancelled.</summary>
    public static readonly ApiType Cancellation = new(
        "T:System.OperationCanceledException",
        "T:System.Threading.Tasks.TaskCanceledException");

    /// <summary>What a handler names that catches a cancellation, whatever says it.</summary>
    public static readonly ApiType CatchesCancellation = new("T:System.Exception", "T:System.OperationCanceledException");

    /// <summary>What a handler names that catches some cancellation.</summary>
    public static readonly ApiType MayCatchCancellation = new(
        "T:System.Object",
        "T:System.Exception",
        "T:System.OperationCanceledException",
        "T:System.Threading.Tasks.TaskCanceledException");

    /// <summary>What says that a time is up.</summary>
    public static readonly ApiType Timeout = new("T:System.TimeoutException");

    /// <summary>What a handler names that catches what a disposed object says.</summary>
    public static readonly ApiType CatchesDisposal = new(
        "T:System.ObjectDisposedException",
        "T:System.InvalidOperationException",
        "T:System.SystemException",
        "T:System.Exception");

    /// <summary>The failure of a task that is waited for.</summary>
    public static readonly ApiType AggregateException = new("T:System.AggregateException");

    public static readonly ApiType CancellationToken = new("T:System.Threading.CancellationToken");

    public static readonly ApiType TaskContinuationOptions = new("T:System.Threading.Tasks.TaskContinuationOptions");

    public static readonly ApiType Mutex = new("T:System.Threading.Mutex");

    public static readonly ApiType TransactionScope = new("T:System.Transactions.TransactionScope");

    public static readonly ApiType TransactionFlow = new("T:System.Transactions.TransactionScopeAsyncFlowOption");

    /// <summary>Runs code of others when it is asked for a value.</summary>
    public static readonly ApiType RunsCode = new("T:System.Lazy`1", "T:System.IServiceProvider", "T:System.Activator");

    /// <summary>A sequence that may run when it is read.</summary>
    public static readonly ApiType Deferred = new(
        "T:System.Collections.IEnumerable",
        "T:System.Collections.IEnumerator",
        "T:System.Collections.Generic.IEnumerable`1",
        "T:System.Collections.Generic.IEnumerator`1",
        "T:System.Linq.IOrderedEnumerable`1",
        "T:System.Linq.IQueryable",
        "T:System.Linq.IQueryable`1");

    public static readonly ApiType Thread = new("T:System.Threading.Thread");

    /// <summary>Binds the thread until it is disposed: the flow of its context is suppressed, or its dispatcher.</summary>
    public static readonly ApiType BindsThread = new(
        "T:System.Threading.AsyncFlowControl",
        "T:System.Windows.Threading.DispatcherProcessingDisabled");

    /// <summary>Members of a cmdlet may be called by the thread of its pipeline only.</summary>
    public static readonly ApiType Cmdlet = new("T:System.Management.Automation.Cmdlet");
}
