// AsyncGuard.Runtime
using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

public sealed class TaskGroup
{
    private TaskGroup() { }
    public CancellationToken CancellationToken => throw null!;
    public static Task RunAsync(Func<TaskGroup, Task> body, CancellationToken cancellationToken = default) => throw null!;
    public Task Start(Func<CancellationToken, Task> child) => throw null!;
    public TTask Track<TTask>(TTask task) where TTask : Task => throw null!;
}

public sealed class TaskGroupScope
{
    private TaskGroupScope() { }
    public CancellationToken CancellationToken => throw null!;
    public Task Start(Func<CancellationToken, Task> child) => throw null!;
}

public sealed class BackgroundTaskGroup
{
    public CancellationToken CancellationToken => throw null!;
    public void Start(Func<CancellationToken, Task> child) => throw null!;
    public Task StartAsync(Func<CancellationToken, Task> child) => throw null!;
}

public static class Shield
{
    public static Task CompleteAsync(Func<CancellationToken, Task> operation, CancellationToken then, TimeSpan? grace = null) =>
        throw null!;
    public static Task<T> CompleteAsync<T>(Func<CancellationToken, Task<T>> operation, CancellationToken then, TimeSpan? grace = null) =>
        throw null!;
}
