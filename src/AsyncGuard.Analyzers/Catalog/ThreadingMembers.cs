namespace AsyncGuard.Catalog;

/// <summary>Members of locks, shared values, threads and channels.</summary>
internal static class ThreadingMembers
{
    public static readonly ApiMember AsyncLocalValue = new("P:System.Threading.AsyncLocal`1.Value");

    /// <summary>What each thread, or each flow of code, has for itself.</summary>
    public static readonly ApiMember HeldValue = new("P:System.Threading.AsyncLocal`1.Value", "P:System.Threading.ThreadLocal`1.Value");

    public static readonly ApiMember ThreadLocalValue = new("P:System.Threading.ThreadLocal`1.Value");

    /// <summary>What of a thread goes with the code that sets it.</summary>
    public static readonly ApiMember FlowsWithCode = new(
        "P:System.Threading.Thread.CurrentCulture",
        "P:System.Threading.Thread.CurrentUICulture",
        "P:System.Threading.Thread.CurrentPrincipal");

    /// <summary>What belongs to the current thread.</summary>
    public static readonly ApiMember OfCurrentThread = new(
        "P:System.Threading.Thread.CurrentThread",
        "P:System.Environment.CurrentManagedThreadId",
        "P:System.Threading.SynchronizationContext.Current",
        "P:System.Threading.Tasks.TaskScheduler.Current",
        "P:System.Transactions.Transaction.Current",
        "P:System.Web.HttpContext.Current");

    /// <summary>Binds the thread, or says that it is bound.</summary>
    public static readonly ApiMember BindsThread = new(
        "M:System.Threading.SynchronizationContext.SetSynchronizationContext",
        "M:System.Threading.Thread.BeginThreadAffinity",
        "M:System.Threading.Thread.BeginCriticalRegion");

    /// <summary>Waits for several handles.</summary>
    public static readonly ApiMember WaitForHandles = new(
        "M:System.Threading.WaitHandle.WaitAll",
        "M:System.Threading.WaitHandle.WaitAny");

    public static readonly ApiMember LazyValue = new("P:System.Lazy`1.Value");

    public static readonly ApiMember VolatileRead = new("M:System.Threading.Volatile.Read");

    public static readonly ApiMember Increment = new("M:System.Threading.Interlocked.Increment");

    public static readonly ApiMember Decrement = new("M:System.Threading.Interlocked.Decrement");

    public static readonly ApiMember Exchange = new("M:System.Threading.Interlocked.Exchange");

    /// <summary>Writes a value to the variable that is its first argument, where the value is another one or in any case.</summary>
    public static readonly ApiMember Writes = new(
        "M:System.Threading.Interlocked.Exchange",
        "M:System.Threading.Interlocked.CompareExchange",
        "M:System.Threading.Volatile.Write");

    /// <summary>Tells the readers of a channel or of a collection that there are no more items.</summary>
    public static readonly ApiMember CompletesChannel = new(
        "M:System.Threading.Channels.ChannelWriter`1.Complete",
        "M:System.Threading.Channels.ChannelWriter`1.TryComplete",
        "M:System.Collections.Concurrent.BlockingCollection`1.CompleteAdding");

    public static readonly ApiMember SemaphoreWait = new("M:System.Threading.SemaphoreSlim.Wait");

    public static readonly ApiMember FreePermits = new("P:System.Threading.SemaphoreSlim.CurrentCount");

    public static readonly ApiMember EventWait = new(
        "M:System.Threading.ManualResetEventSlim.Wait",
        "M:System.Threading.CountdownEvent.Wait");

    public static readonly ApiMember EventIsSet = new(
        "P:System.Threading.ManualResetEventSlim.IsSet",
        "P:System.Threading.CountdownEvent.IsSet");

    public static readonly ApiMember SemaphoreWaitAsync = new("M:System.Threading.SemaphoreSlim.WaitAsync");

    public static readonly ApiMember QueueWork = new(
        "M:System.Threading.ThreadPool.QueueUserWorkItem",
        "M:System.Threading.ThreadPool.UnsafeQueueUserWorkItem");

    public static readonly ApiMember ParallelForEach = new("M:System.Threading.Tasks.Parallel.ForEach");

    /// <summary>Loops whose bodies are asynchronous.</summary>
    public static readonly ApiMember ParallelAsync = new(
        "M:System.Threading.Tasks.Parallel.ForEachAsync",
        "M:System.Threading.Tasks.Parallel.ForAsync");

    public static readonly ApiMember MaxDegreeOfParallelism = new("P:System.Threading.Tasks.ParallelOptions.MaxDegreeOfParallelism");

    public static readonly ApiMember BlockingAdd = new(
        "M:System.Collections.Concurrent.BlockingCollection`1.Add",
        "M:System.Collections.Concurrent.BlockingCollection`1.TryAdd");

    public static readonly ApiMember BlockingTake = new("M:System.Collections.Concurrent.BlockingCollection`1.Take");

    public static readonly ApiMember BlockingCount = new("P:System.Collections.Concurrent.BlockingCollection`1.Count");

    public static readonly ApiMember CompleteWriter = new(
        "M:System.Threading.Channels.ChannelWriter`1.Complete",
        "M:System.Threading.Channels.ChannelWriter`1.TryComplete");

    /// <summary>Waits until a channel has room.</summary>
    public static readonly ApiMember WriteAsync = new(
        "M:System.Threading.Channels.ChannelWriter`1.WriteAsync",
        "M:System.Threading.Channels.ChannelWriter`1.WaitToWriteAsync");

    public static readonly ApiMember ReadOfChannel = new("M:System.Threading.Channels.ChannelReader`1.ReadAsync");

    public static readonly ApiMember ChannelReader = new("P:System.Threading.Channels.Channel`2.Reader");

    public static readonly ApiMember CreateUnbounded = new("M:System.Threading.Channels.Channel.CreateUnbounded");

    public static readonly ApiMember CreateBounded = new("M:System.Threading.Channels.Channel.CreateBounded");

    public static readonly ApiMember InfiniteTimeSpan = new("F:System.Threading.Timeout.InfiniteTimeSpan");

    public static readonly ApiMember ZeroTimeSpan = new("F:System.TimeSpan.Zero");

    /// <summary>One of the two ends of a channel or pipe.</summary>
    public static readonly ApiMember ChannelEnd = new(
        "P:System.Threading.Channels.Channel`2.Reader",
        "P:System.Threading.Channels.Channel`2.Writer",
        "P:System.IO.Pipelines.Pipe.Reader",
        "P:System.IO.Pipelines.Pipe.Writer");
}
