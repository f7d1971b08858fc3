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
    private readonly TaskGroup _group;
    private readonly Task _child;
    private bool _early;
    private bool _attached;

    public ChildWatch(TaskGroup group, Task child)
    {
        _group = group;
        _child = child;
    }

    protected virtual ChildRecord? Record => null;

    /// <summary>It now waits for the end. False: the child has completed meanwhile, without a word to the group.</summary>
    public bool Attached()
    {
        _attached = true;
        return !_early;
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
