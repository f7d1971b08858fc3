using System.Threading;

namespace AsyncGuard;

/// <summary>A child that waits for a slot under <see cref="TaskGroupOptions.MaxConcurrency"/>, or for those before it to begin.</summary>
internal interface IQueuedChild
{
    /// <summary>The next in its line; guarded by the group's lock.</summary>
    IQueuedChild? Next { get; set; }

    /// <summary>The one before it in its line; guarded by the group's lock.</summary>
    IQueuedChild? Previous { get; set; }

    /// <summary>Its own, made when it is first asked for; null in groups that keep none.</summary>
    ChildRecord? Record { get; }

    /// <summary>The record that its starter made for it, of a child that can be cancelled alone; null for all others.</summary>
    ChildRecord? OwnRecord { get; }

    /// <summary>The running child that started this one, where that is known.</summary>
    ChildRecord? Starter { get; }

    /// <summary>Where its starter stood; null on the thread pool.</summary>
    CapturedContext? Place { get; }

    /// <summary>Calls the child. Keeps its exceptions to itself.</summary>
    void Begin();

    /// <summary>The group stopped, or this child was cancelled, before a slot was free.</summary>
    void Drop(CancellationToken token);
}
