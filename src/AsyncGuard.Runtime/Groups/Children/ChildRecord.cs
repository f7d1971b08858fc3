using System.Threading;

namespace AsyncGuard;

/// <summary>What is remembered of one running child: only in groups with diagnostics, and for children with a handle.</summary>
internal sealed class ChildRecord(string? name, string? file, int line) : ChildSite(name, file, line)
{
    private static readonly AsyncLocal<ChildRecord?> Ambient = new();

    /// <summary>The child that the caller runs in, if it is one of a limited group with diagnostics.</summary>
    public static ChildRecord? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <summary>Timestamp of the group's clock when the child was called; 0 before that, and in groups without diagnostics.</summary>
    public long StartedAt { get; set; }

    /// <summary>The child was asked to stop through its own handle, so its cancellation is no error.</summary>
    public volatile bool CancelledByHandle;

    /// <summary>The wait for the ready signal, which gets the failure if it comes before the signal.</summary>
    public IReadyOutcome? Ready { get; set; }

    /// <summary>
    /// The child while it waits in the group's line, if it is one that can be cancelled alone; guarded by the group's lock.
    /// </summary>
    public IQueuedChild? Queued;

    /// <summary>The group whose running children it is listed with, or null; guarded by that group's lock.</summary>
    public GroupExtras? Owner;

    /// <summary>How many children it has in the line, and how often it waits for a slot itself; guarded by the owner's lock.</summary>
    public int Waits;

    /// <summary>Neighbours in the group's list of running children; guarded by the group's lock.</summary>
    public ChildRecord? Previous;

    /// <inheritdoc cref="Previous"/>
    public ChildRecord? Next;

    public override ChildRecord Record() => this;
}
