using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// Hears of the end of one suspended child inside the call that completes it, before anybody who awaits the child.
/// <para>
/// A task posts to the context in which it was awaited, on the thread that completes it, and it does so also where it would queue an
/// awaiter without a context: of several awaits only the last one runs inline, in its turn after all posts. So the watch is a
/// context, which costs less than a <c>ContinueWith</c>: no task of its own, no execution context.
/// </para>
/// </summary>
internal class ChildWatch : SynchronizationContext
{
    private static readonly Action s_unused = static () => { };

    private readonly TaskGroup _group;
    private readonly Task _child;
    private bool _early;
    private bool _attached;

    protected ChildWatch(TaskGroup group, Task child)
    {
        _group = group;
        _child = child;
    }

    protected virtual ChildRecord? Record => null;

    /// <summary>
    /// Leaves its own context behind on the thread: to be called inside <see cref="AmbientContext.Run"/>. False: the child has
    /// completed meanwhile, and it is for the caller to say so, outside of that context.
    /// </summary>
    public static bool TryAttach(TaskGroup group, Task child, ChildRecord? record)
    {
        if ((child.CreationOptions & TaskCreationOptions.RunContinuationsAsynchronously) != 0)
        {
            // Its owner asks that nothing runs inside the completion, and a failure would cancel the group's token there.
            group.Watch(child, record);
            return true;
        }
        var watch = record is null ? new ChildWatch(group, child) : new RecordedChildWatch(group, child, record);
        SetSynchronizationContext(watch);
        child.GetAwaiter().UnsafeOnCompleted(s_unused);
        watch._attached = true;
        return !watch._early;
    }

    /// <summary>Called by the child as it completes.</summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        if (!_attached && Current == this)
            _early = true;
        else
            _group.ChildDone(_child, Record);
    }
}
