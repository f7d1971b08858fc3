using System.Collections.Generic;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// Which tasks have ended and which have not, as <see cref="TaskWait"/> found them. Deconstructs: <c>var (done, pending) = …</c>.
/// </summary>
/// <typeparam name="TTask">The type of the tasks.</typeparam>
public sealed class WaitResult<TTask> where TTask : Task
{
    // Those that had not ended, then those that had. The lists are made on demand: to find a task that was given twice costs as much as to
    // wait for all of them.
    private readonly TTask[] _tasks;
    private readonly int _pendingCount;
    private TTask[]? _done;
    private TTask[]? _pending;

    /// <summary>Sorts tasks by whether they have ended now. The array is its own from now on.</summary>
    internal WaitResult(TTask[] tasks)
    {
        _tasks = tasks;
        _pendingCount = EndedTasks.MoveToEnd(tasks);
    }

    /// <summary>The tasks that had ended, in the order they were given, each once.</summary>
    public IReadOnlyList<TTask> Done => _done ??= DistinctTasks.Of(_tasks, _pendingCount, _tasks.Length - _pendingCount);

    /// <summary>The tasks that had not, in the order they were given, each once.</summary>
    public IReadOnlyList<TTask> Pending => _pending ??= DistinctTasks.Of(_tasks, 0, _pendingCount);

    /// <summary>Takes the result apart.</summary>
    /// <param name="done">The tasks that had ended.</param>
    /// <param name="pending">The tasks that had not.</param>
    public void Deconstruct(out IReadOnlyList<TTask> done, out IReadOnlyList<TTask> pending)
    {
        done = Done;
        pending = Pending;
    }
}
