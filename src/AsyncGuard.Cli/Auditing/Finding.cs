using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Cli.Auditing;

/// <summary>
/// One report of a rule. Paths are relative to the solution's folder, with forward slashes; lines and columns count from 1.
/// </summary>
internal sealed record Finding
{
    public required DiagnosticDescriptor Rule { get; init; }

    public required DiagnosticSeverity Severity { get; init; }

    public required string Message { get; init; }

    public required string Project { get; init; }

    /// <summary>The project's file, from which its folder and so its baseline are known.</summary>
    public required string ProjectFile { get; init; }

    public required string Path { get; init; }

    public required int Line { get; init; }

    public required int Column { get; init; }

    public required int EndLine { get; init; }

    public required int EndColumn { get; init; }

    /// <summary>The lines around the finding, the first of which is <see cref="FirstCodeLine"/>.</summary>
    public required ImmutableArray<string> Code { get; init; }

    public required int FirstCodeLine { get; init; }

    /// <summary>
    /// The steps between the reported call and the blocking one; of a cause, the first places that lead to it; empty for most rules.
    /// </summary>
    public required ImmutableArray<Hop> Hops { get; init; }

    /// <summary>What is reported is itself the blocking call, for the places that lead to it.</summary>
    public bool IsCause { get; init; }

    /// <summary>The line that stands for the finding in a baseline.</summary>
    public required string BaselineLine { get; init; }

    public bool IsInBaseline { get; init; }

    /// <summary>The target frameworks in which it is reported.</summary>
    public ImmutableSortedSet<string> Frameworks { get; init; } = [];

    public string Id => Rule.Id;

    /// <summary>Equal for the reports of one place in several target frameworks.</summary>
    public (string Id, string Path, int Line, int Column, int EndLine, int EndColumn, string Message) Place =>
        (Id, Path, Line, Column, EndLine, EndColumn, Message);

    /// <summary>Files and lines in order, for output that does not change from run to run.</summary>
    public static Comparer<Finding> ByPlace { get; } = Comparer<Finding>.Create((x, y) =>
    {
        var order = string.CompareOrdinal(x.Path, y.Path);
        if (order == 0) order = x.Line.CompareTo(y.Line);
        if (order == 0) order = x.Column.CompareTo(y.Column);
        if (order == 0) order = string.CompareOrdinal(x.Id, y.Id);
        return order == 0 ? string.CompareOrdinal(x.Message, y.Message) : order;
    });
}
