using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// A <see cref="TaskGroup"/> as a block; made by <see cref="TaskGroup.Open"/>.
/// <list type="bullet">
/// <item>End the block with <c>await scope.JoinAsync()</c>: it waits for all children and throws their errors.</item>
/// <item>Disposed without it, the block has failed or returned early: children are cancelled and waited for, and nothing is thrown, so
/// that the body's own exception is not masked.</item>
/// <item>A scope that is neither joined nor disposed is reported as leaked when it is collected.</item>
/// </list>
/// </summary>
public sealed class TaskGroupScope : IAsyncDisposable
{
    private readonly string? _file;
    private readonly int _line;
    private int _bodyEnded;
    private int _disposed;
    private volatile bool _joined;

    internal TaskGroupScope(TaskGroup group, string? file, int line)
    {
        Group = group;
        _file = file;
        _line = line;
    }

    /// <summary>Reports a scope that was dropped while running to <see cref="TaskGroup.UnobservedChildException"/>.</summary>
    ~TaskGroupScope()
    {
        if (Group is { } group)
        {
            TaskGroup.ReportUnobserved(
                group.Name,
                new InvalidOperationException($"A task group was neither joined nor disposed. It was opened at {_file}:{_line}."));
        }
    }

    /// <summary>The group: everything else that a group can do.</summary>
    public TaskGroup Group { get; }

    /// <inheritdoc cref="TaskGroup.CancellationToken"/>
    public CancellationToken CancellationToken => Group.CancellationToken;

    /// <inheritdoc cref="TaskGroup.Start(Func{CancellationToken, Task}, string?, string?, int)"/>
    public Task Start(
        Func<CancellationToken, Task> child, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
        => Group.Start(child, name, file, line);

    /// <inheritdoc cref="TaskGroup.Start{T}(Func{CancellationToken, Task{T}}, string?, string?, int)"/>
    public Task<T> Start<T>(
        Func<CancellationToken, Task<T>> child, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
        => Group.Start(child, name, file, line);

    /// <inheritdoc cref="TaskGroup.Cancel"/>
    public void Cancel() => Group.Cancel();

    /// <summary>
    /// Ends the block's body and waits for all children.
    /// <list type="bullet">
    /// <item>Throws their errors, the outer cancellation or the time-out, as <c>RunAsync</c> does.</item>
    /// <item>While children are running they may start more; after the last has ended, a start throws
    /// <see cref="InvalidOperationException"/>.</item>
    /// <item>A second call returns the same task.</item>
    /// </list>
    /// </summary>
    /// <returns>A task that ends after all children.</returns>
    public Task JoinAsync()
    {
        _joined = true;
        EndBody();
        return Group.Completion;
    }

    /// <summary>
    /// Releases the group; never throws.
    /// <list type="bullet">
    /// <item>After <see cref="JoinAsync"/> has completed: returns at once.</item>
    /// <item>Without it, or while it is still running: cancels the children and waits for all of them.</item>
    /// <item>Errors that no join has thrown go to <see cref="TaskGroup.UnobservedChildException"/> and stay in
    /// <see cref="TaskGroup.Errors"/>.</item>
    /// </list>
    /// </summary>
    /// <returns>A task that ends after all children.</returns>
    public ValueTask DisposeAsync()
    {
        var completion = Group.Completion;
        if (_joined && completion.IsCompleted) return default;
        Group.Stop(TaskGroupStopCause.Abandoned);
        EndBody();
        return new ValueTask(FinishAsync(completion, reports: Interlocked.Exchange(ref _disposed, 1) == 0));
    }

    private void EndBody()
    {
        if (Interlocked.Exchange(ref _bodyEnded, 1) != 0) return;
        GC.SuppressFinalize(this);
        Group.EndBody();
    }

    private async Task FinishAsync(Task completion, bool reports)
    {
        try
        {
            await completion.Inline();
        }
        catch (Exception)
        {
            // No join was awaited to its end, so the errors have no other way out. A cancellation is what was asked for.
            if (!reports) return;
            foreach (var error in Group.Errors) TaskGroup.ReportUnobserved(Group.Name, error);
        }
    }
}
