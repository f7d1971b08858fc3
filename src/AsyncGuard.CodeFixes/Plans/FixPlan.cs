using System;

namespace AsyncGuard.Plans;

/// <summary>One edit that a fix offers: what the light bulb says, what makes two edits the same for Fix All, and the edit itself.</summary>
internal sealed class FixPlan(string title, string equivalenceKey, Action<FixEdits> record)
{
    public string Title { get; } = title;

    public string EquivalenceKey { get; } = equivalenceKey;

    /// <summary>Writes the edit down. Nodes are those of the tree that the finding was made in.</summary>
    public Action<FixEdits> Record { get; } = record;
}
