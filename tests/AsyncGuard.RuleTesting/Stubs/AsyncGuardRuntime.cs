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
}
