using System.Collections.Generic;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Which tasks have ended and which have not, as <see cref="TaskWait"/> found them. Deconstructs: <c>var (done, pending) = …</c>.</summary>
/// <typeparam name="TTask">The type of the tasks.</typeparam>
public sealed class WaitResult<TTask> where TTask : Task
{
    internal WaitResult(IReadOnlyList<TTask> done, IReadOnlyList<TTask> pending)
    {
        Done = done;
        Pending = pending;
    }

    /// <summary>The tasks that had ended, in the order they were given, each once.</summary>
    public IReadOnlyList<TTask> Done { get; }

    /// <summary>The tasks that had not, in the order they were given, each once.</summary>
    public IReadOnlyList<TTask> Pending { get; }

    /// <summary>Takes the result apart.</summary>
    /// <param name="done">The tasks that had ended.</param>
    /// <param name="pending">The tasks that had not.</param>
    public void Deconstruct(out IReadOnlyList<TTask> done, out IReadOnlyList<TTask> pending)
    {
        done = Done;
        pending = Pending;
    }
}
