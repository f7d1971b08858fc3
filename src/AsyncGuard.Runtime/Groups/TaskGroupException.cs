using System;
using System.Collections.Generic;

namespace AsyncGuard;

/// <summary>
/// All errors of a group, in order of occurrence. Thrown only in <see cref="TaskGroupErrorMode.Aggregate"/>, and there always: its
/// type does not depend on how many errors there were.
/// </summary>
public sealed class TaskGroupException : AggregateException
{
    internal TaskGroupException(string? groupName, IEnumerable<Exception> errors)
        : base(groupName is null ? "Errors in a task group." : $"Errors in task group '{groupName}'.", errors)
        => GroupName = groupName;

    /// <summary><see cref="TaskGroupOptions.Name"/>, or null.</summary>
    public string? GroupName { get; }
}
