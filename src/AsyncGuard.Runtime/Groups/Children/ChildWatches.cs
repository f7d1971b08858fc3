using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Puts a watch on a child.</summary>
internal struct ChildWatches
{
    // Those that have places left: of the thread that made the group, which starts most of the children and needs no atomic operation for
    // it; and of the others, unless one of them is putting it on a child.
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private ChildWatch? _open;
    private ChildWatch? _openElsewhere;

    public ChildWatches()
    {
    }

    /// <summary>
    /// Leaves its own context behind on the thread: to be called where the caller's is put back. False: the child has completed
    /// meanwhile, and it is for the caller to say so, outside of that context; or it continues its awaiters asynchronously, and needs a
    /// <see cref="ChildProxy{T}"/>.
    /// </summary>
    public bool TryAttach(TaskGroup group, Task child, ChildRecord? record)
    {
        // Its owner asks that nothing runs inside the completion, and a failure would cancel the group's token there.
        if ((child.CreationOptions & TaskCreationOptions.RunContinuationsAsynchronously) != 0) return false;
        if (record is not null) return new RecordedChildWatch(group, child, record).TryAttach(child);
        if (Environment.CurrentManagedThreadId != _thread) return TryAttachElsewhere(group, child);
        var watch = _open ??= new ChildWatch(group);
        var isAttached = watch.TryAttach(child);
        if (watch.IsFull) _open = null;
        return isAttached;
    }

    private bool TryAttachElsewhere(TaskGroup group, Task child)
    {
        var watch = Interlocked.Exchange(ref _openElsewhere, null) ?? new ChildWatch(group);
        var isAttached = watch.TryAttach(child);
        if (!watch.IsFull) Volatile.Write(ref _openElsewhere, watch);
        return isAttached;
    }
}
