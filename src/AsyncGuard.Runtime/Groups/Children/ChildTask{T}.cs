using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <inheritdoc cref="ChildTask"/>
/// <typeparam name="T">The child's result.</typeparam>
public sealed class ChildTask<T>
{
    private readonly IChildCancellation _cancellation;

    internal ChildTask(Task<T> task, IChildCancellation cancellation, string? name)
    {
        Task = task;
        Name = name;
        _cancellation = cancellation;
    }

    /// <summary>The child's task.</summary>
    public Task<T> Task { get; }

    /// <inheritdoc cref="ChildTask.Name"/>
    public string? Name { get; }

    /// <inheritdoc cref="ChildTask.Status"/>
    public TaskStatus Status => Task.Status;

    /// <inheritdoc cref="ChildTask.Cancel"/>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc cref="ChildTask.GetAwaiter"/>
    public TaskAwaiter<T> GetAwaiter() => Task.GetAwaiter();
}
