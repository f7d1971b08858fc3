namespace AsyncGuard.Analysis.Concurrency;

/// <summary>What code does with a task group that it has in its hands.</summary>
internal enum GroupUseKind
{
    /// <summary>Looks at it: <c>group.CancellationToken</c>, <c>scope.Group.Status</c>.</summary>
    Read,

    /// <summary>Starts or adopts a child: <c>group.Start(…)</c>, <c>group.Track(task)</c>.</summary>
    Started,

    /// <summary>Waits for the children: <c>scope.JoinAsync()</c>, <c>background.DrainAsync(…)</c>.</summary>
    Joined,

    /// <summary>Asks the children to stop: <c>scope.Cancel()</c>.</summary>
    Cancelled,

    /// <summary>Ends it: <c>scope.DisposeAsync()</c>, <c>await using (scope)</c>.</summary>
    Disposed,

    /// <summary>Returns or yields it to the caller.</summary>
    Returned,

    /// <summary>Gives it another name, a field or a property: <c>_group = group</c>.</summary>
    Stored,

    /// <summary>The name itself is assigned: <c>scope = TaskGroup.Open()</c>.</summary>
    Written,

    /// <summary>Hands it to a call; also whatever is not understood.</summary>
    Passed,
}
