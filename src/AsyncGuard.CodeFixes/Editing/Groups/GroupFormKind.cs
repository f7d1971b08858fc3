namespace AsyncGuard.Editing.Groups;

/// <summary>How a scope becomes a group's.</summary>
internal enum GroupFormKind
{
    /// <summary>It is one already.</summary>
    Existing,

    /// <summary><c>await TaskGroup.RunAsync(group => { … });</c> and what leaves the scope stays after it.</summary>
    Lambda,

    /// <summary><c>return await TaskGroup.RunAsync(async group => { … return x; });</c></summary>
    ReturningLambda,

    /// <summary><c>await using var group = TaskGroup.Open(); … await group.JoinAsync();</c></summary>
    Block,
}
