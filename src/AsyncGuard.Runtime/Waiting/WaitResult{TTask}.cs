using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// Which tasks have ended and which have not, as <see cref="TaskWait"/> found them. Deconstructs: <c>var (done, pending) = …</c>.
/// </summary>
/// <typeparam name="TTask">The type of the tasks.</typeparam>
public sealed class WaitResult<TTask> : IFirstWaiter where TTask : Task
{
    // Those that had not ended, then those that had. The lists are made on demand: to find a task that was passed twice costs as much as to
    // wait for all of them.
    private readonly Task[] _tasks;
    private int _pendingCount;
    private TTask[]? _done;
    private TTask[]? _pending;

    // Of a wait in progress: its task, without an object besides.
    private AsyncTaskMethodBuilder<WaitResult<TTask>> _wait;

    /// <summary>Sorts tasks by whether they have ended now. The array is its own from now on.</summary>
    internal WaitResult(Task[] tasks) : this(tasks, EndedTasks.MoveToEnd(tasks))
    {
    }

    private WaitResult(Task[] tasks, int pendingCount)
    {
        _tasks = tasks;
        _pendingCount = pendingCount;
    }

    /// <summary>The tasks that had ended, in the order in which they were passed, each once.</summary>
    public IReadOnlyList<TTask> Done => _done ??= DistinctTasks.Of<TTask>(_tasks, _pendingCount, _tasks.Length - _pendingCount);

    /// <summary>The tasks that had not, in the order in which they were passed, each once.</summary>
    public IReadOnlyList<TTask> Pending => _pending ??= DistinctTasks.Of<TTask>(_tasks, 0, _pendingCount);

    /// <summary>Waits for the first of tasks. The array is its own from now on.</summary>
    internal static Task<WaitResult<TTask>> OfFirst(Task[] tasks)
    {
        var result = new WaitResult<TTask>(tasks, tasks.Length);
        var wait = result._wait.Task;
        FirstHook.Attach(tasks, result);
        return wait;
    }

    void IFirstWaiter.FirstHasEnded()
    {
        _pendingCount = EndedTasks.MoveToEnd(_tasks);
        var wait = _wait;
        _wait = default;
        wait.SetResult(this);
    }

    /// <summary>Takes the result apart.</summary>
    /// <param name="done">The tasks that had ended.</param>
    /// <param name="pending">The tasks that had not.</param>
    public void Deconstruct(out IReadOnlyList<TTask> done, out IReadOnlyList<TTask> pending)
    {
        done = Done;
        pending = Pending;
    }
}
