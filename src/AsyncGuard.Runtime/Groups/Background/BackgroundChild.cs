using System;

namespace AsyncGuard;

/// <summary>One child of a <see cref="BackgroundTaskGroup"/>, as it was at that moment.</summary>
public sealed class BackgroundChild
{
    internal BackgroundChild(string? name, string? file, int line, TimeSpan runningFor)
    {
        Name = name;
        File = file;
        Line = line;
        RunningFor = runningFor;
    }

    /// <summary>The name it was started with, or null.</summary>
    public string? Name { get; }

    /// <summary>The source file that started it.</summary>
    public string? File { get; }

    /// <summary>The line in <see cref="File"/>, from 1.</summary>
    public int Line { get; }

    /// <summary>How long it had been running.</summary>
    public TimeSpan RunningFor { get; }

    /// <summary>The child in words.</summary>
    /// <returns><c>Poll (Foo.cs:42), running for 12.5 s</c>.</returns>
    public override string ToString()
        => $"{new ChildSite(Name, File, Line)}, running for {RunningFor.TotalSeconds.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture)} s";
}
