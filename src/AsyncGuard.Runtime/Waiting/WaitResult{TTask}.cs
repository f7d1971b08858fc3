using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// Which tasks have ended and which have not, as <see cref="TaskWait"/> found them. Deconstructs: <c>var (done, pending) = …</c>.
/// </summary>
/// <typeparam name="TTask">The type of the tasks.</typeparam>
public sealed class WaitResult<TTask> where TTask : Task
{
    // What is made on demand: a task that was given twice costs as much to find as all of them cost to wait for.
    private readonly TTask[] _tasks;
    private readonly int _pendingCount;
    private TTask[]? _ended;
    private TTask[]? _done;
    private TTask[]? _pending;

    /// <summary>Sorts tasks by whether they have ended now. The array is its own from now on.</summary>
    internal WaitResult(TTask[] tasks)
    {
        _tasks = tasks;
        var ended = 0;
        for (var i = 0; i < tasks.Length; i++)
        {
            var task = tasks[i];
            if (task.IsCompleted)
            {
                if (ended == (_ended?.Length ?? 0))
                    Array.Resize(ref _ended, ended == 0 ? 1 : Math.Min(tasks.Length, ended * 4));
                _ended![ended++] = task;
            }
            else if (ended > 0)
            {
                tasks[i - ended] = task;
            }
        }
        if (ended > 0)
            Array.Clear(tasks, tasks.Length - ended, ended);
        _pendingCount = tasks.Length - ended;
    }

    /// <summary>The tasks that had ended, in the order they were given, each once.</summary>
    public IReadOnlyList<TTask> Done => _done ??= DistinctTasks.Of(_ended ?? [], _tasks.Length - _pendingCount);

    /// <summary>The tasks that had not, in the order they were given, each once.</summary>
    public IReadOnlyList<TTask> Pending => _pending ??= DistinctTasks.Of(_tasks, _pendingCount);

    /// <summary>Takes the result apart.</summary>
    /// <param name="done">The tasks that had ended.</param>
    /// <param name="pending">The tasks that had not.</param>
    public void Deconstruct(out IReadOnlyList<TTask> done, out IReadOnlyList<TTask> pending)
    {
        done = Done;
        pending = Pending;
    }
}
