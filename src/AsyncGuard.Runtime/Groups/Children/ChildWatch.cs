using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// Hears of the ends of up to four suspended children, each inside the call that completes it: as
/// <see cref="CompletionHook"/>, with another callback for each place, which distinguishes the children.
/// </summary>
internal sealed class ChildWatch(TaskGroup group) : SynchronizationContext
{
    private const int Places = 4;

    private static readonly Action[] Markers = [new Place(0).Unused, new Place(1).Unused, new Place(2).Unused, new Place(3).Unused];

    private Task? _first;
    private Task? _second;
    private Task? _third;
    private Task? _fourth;
    private byte _used;

    // Where a child is being put, or -1.
    private sbyte _attaching = -1;
    private bool _early;

    public bool IsFull => _used == Places;

    /// <summary>
    /// Leaves itself behind as the thread's context. For one thread at a time. False: the child has completed meanwhile, and the group
    /// has not been notified.
    /// </summary>
    public bool TryAttach(Task child)
    {
        var place = _used++;
        At(place) = child;
        _attaching = (sbyte)place;
        SetSynchronizationContext(this);
        child.GetAwaiter().UnsafeOnCompleted(Markers[place]);
        _attaching = -1;
        if (!_early) return true;
        _early = false;
        At(place) = null;
        _used--;
        return false;
    }

    /// <summary>Called by the child as it completes.</summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        var index = ((Place)((Action)state!).Target!).Index;
        if (index == _attaching && Current == this)
        {
            _early = true;
            return;
        }

        ref var place = ref At(index);
        var child = place!;
        place = null;
        group.ChildDone(child);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Task? At(int place)
    {
        switch (place)
        {
            case 0:
                return ref _first;
            case 1:
                return ref _second;
            case 2:
                return ref _third;
            default:
                return ref _fourth;
        }
    }

    private sealed class Place(int index)
    {
        public int Index => index;

        public void Unused()
        {
        }
    }
}
