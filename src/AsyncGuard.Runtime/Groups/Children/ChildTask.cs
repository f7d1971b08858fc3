using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>A child with a handle; made by <c>TaskGroup.StartCancellable</c>.</summary>
public sealed class ChildTask
{
    private readonly IChildCancellation _cancellation;

    internal ChildTask(Task task, IChildCancellation cancellation, string? name)
    {
        Task = task;
        Name = name;
        _cancellation = cancellation;
    }

    /// <summary>The child's task.</summary>
    public Task Task { get; }

    /// <summary>The name it was started with, or null.</summary>
    public string? Name { get; }

    /// <summary>The state of <see cref="Task"/>.</summary>
    public TaskStatus Status => Task.Status;

    /// <summary>
    /// Asks this child alone to stop. Returns at once; callbacks on its token run inside this call, and what they throw comes out of it.
    /// A child that was waiting for a slot is not called, and its task ends at once. No effect after its end, or a second time.
    /// </summary>
    public void Cancel() => _cancellation.Cancel();

    /// <summary>Awaits <see cref="Task"/>: <c>await handle</c>.</summary>
    /// <returns>The task's awaiter.</returns>
    public TaskAwaiter GetAwaiter() => Task.GetAwaiter();
}
