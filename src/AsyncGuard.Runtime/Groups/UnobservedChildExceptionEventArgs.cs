using System;

namespace AsyncGuard;

/// <summary>An error that no await can throw; see <see cref="TaskGroup.UnobservedChildException"/>.</summary>
public sealed class UnobservedChildExceptionEventArgs : EventArgs
{
    internal UnobservedChildExceptionEventArgs(string? groupName, Exception exception)
    {
        GroupName = groupName;
        Exception = exception;
    }

    /// <summary>The group's name, or null.</summary>
    public string? GroupName { get; }

    /// <summary>The error.</summary>
    public Exception Exception { get; }
}
