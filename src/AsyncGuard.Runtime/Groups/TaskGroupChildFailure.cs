using System;

namespace AsyncGuard;

/// <summary>One failed child, as passed to <see cref="TaskGroupOptions.OnChildFailed"/>.</summary>
public sealed class TaskGroupChildFailure
{
    internal TaskGroupChildFailure(Exception exception, string? groupName, ChildRecord? record)
    {
        Exception = exception;
        GroupName = groupName;
        ChildName = record?.Name;
        File = record?.File;
        Line = record?.Line ?? 0;
    }

    /// <summary>The child's exception. A child with several (a nested group) is reported once for each.</summary>
    public Exception Exception { get; }

    /// <summary>The group's name, or null.</summary>
    public string? GroupName { get; }

    /// <summary>The name passed to <c>Start</c>, or null.</summary>
    public string? ChildName { get; }

    /// <summary>The source file that started the child.</summary>
    public string? File { get; }

    /// <summary>The line in <see cref="File"/>, from 1; 0 when unknown.</summary>
    public int Line { get; }

    /// <summary>Set to true to say that the failure is dealt with: the group then neither records it nor stops for it.</summary>
    public bool Handled { get; set; }
}
