using System;

namespace AsyncGuard.Plans;

/// <summary>One edit that a fix offers: what the light bulb says, what makes two edits the same for Fix All, and the edit itself.</summary>
internal sealed class FixPlan(string title, string equivalenceKey, Action<FixEdits> record)
{
    private const string ReviewMark = " (review)";

    /// <summary>What the light bulb says. An action that asks for a review says so.</summary>
    public string Title { get; } = FixActions.Of(equivalenceKey) is { IsSafe: false } ? title + ReviewMark : title;

    public string EquivalenceKey { get; } = equivalenceKey;

    /// <summary>Whether the program stays what it was, except for the fault.</summary>
    public bool IsSafe { get; } = FixActions.Of(equivalenceKey) is not { IsSafe: false };

    /// <summary>Writes the edit down. Nodes are those of the tree that the finding was made in.</summary>
    public Action<FixEdits> Record { get; } = record;
}
