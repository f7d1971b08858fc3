using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Puts a <see cref="ChildWatch"/> on a child.</summary>
internal static class ChildWatches
{
    private static readonly Action s_unused = static () => { };

    /// <summary>
    /// Leaves its own context behind on the thread: to be called inside <see cref="AmbientContext.Run"/>. False: the child has completed meanwhile, and it
    /// is for the caller to say so, outside of that context; or it continues its awaiters asynchronously, and needs a <see cref="ChildProxy{T}"/>.
    /// </summary>
    public static bool TryAttach(TaskGroup group, Task child, ChildRecord? record)
    {
        // Its owner asks that nothing runs inside the completion, and a failure would cancel the group's token there.
        if ((child.CreationOptions & TaskCreationOptions.RunContinuationsAsynchronously) != 0)
            return false;
        var watch = record is null ? new ChildWatch(group, child) : new RecordedChildWatch(group, child, record);
        SynchronizationContext.SetSynchronizationContext(watch);
        child.GetAwaiter().UnsafeOnCompleted(s_unused);
        return watch.Attached();
    }
}
