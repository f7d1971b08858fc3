using System;

namespace AsyncGuard.Catalog;

/// <summary>Names of parameters that decide what a call does, whatever it is a call of.</summary>
internal static class ParameterNames
{
    /// <summary>Whether an entry of an archive is copied into memory.</summary>
    public const string CopyData = "copyData";

    /// <summary>The limit of a loop of a task group.</summary>
    public const string MaxConcurrency = "maxConcurrency";

    /// <summary>Whether directories below are gone through as well.</summary>
    public const string Recursive = "recursive";

    public const string AllowSynchronousQueryExecution = "allowSynchronousQueryExecution";

    /// <summary>Whether a stream stays open when what writes to it is closed.</summary>
    public const string LeaveOpen = "leaveOpen";

    /// <summary>Whether a transaction flows with the code.</summary>
    public const string AsyncFlowOption = "asyncFlowOption";

    /// <summary>How much a stream keeps before it writes; 0 and 1 are nothing.</summary>
    public const string BufferSize = "bufferSize";

    /// <summary>The name of a file, not what it holds.</summary>
    public const string Path = "path";

    /// <summary>A regular expression, and the text it is matched with.</summary>
    public const string Pattern = "pattern";
    public const string Input = "input";

    /// <summary>Whether the parameter limits how long the call waits.</summary>
    public static bool IsTimeout(string parameter) => parameter.IndexOf("timeout", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>Whether the parameter is a time: <c>millisecondsTimeout</c>, <c>microSeconds</c>, <c>millisecondsDelay</c>.</summary>
    public static bool IsTime(string parameter) =>
        IsTimeout(parameter) || parameter.EndsWith("delay", StringComparison.OrdinalIgnoreCase)
        || parameter.EndsWith("seconds", StringComparison.OrdinalIgnoreCase);
}
