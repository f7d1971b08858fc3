using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Puts a watch on a child.</summary>
internal struct ChildWatches
{
    // The one that has places left, unless a thread is putting it on a child.
    private ChildWatch? _open;

    /// <summary>
    /// Leaves its own context behind on the thread: to be called inside <see cref="AmbientContext.Run"/>. False: the child has completed
    /// meanwhile, and it is for the caller to say so, outside of that context; or it continues its awaiters asynchronously, and needs a
    /// <see cref="ChildProxy{T}"/>.
    /// </summary>
    public bool TryAttach(TaskGroup group, Task child, ChildRecord? record)
    {
        // Its owner asks that nothing runs inside the completion, and a failure would cancel the group's token there.
        if ((child.CreationOptions & TaskCreationOptions.RunContinuationsAsynchronously) != 0)
            return false;
        if (record is not null)
            return new RecordedChildWatch(group, child, record).TryAttach(child);
        var watch = Interlocked.Exchange(ref _open, null) ?? new ChildWatch(group);
        var isAttached = watch.TryAttach(child);
        if (!watch.IsFull)
            Volatile.Write(ref _open, watch);
        return isAttached;
    }
}
