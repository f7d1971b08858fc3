using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Editing;

/// <summary>A loop that starts children of a group no faster than the group lets them run.</summary>
internal sealed class LimitedStart(StatementSyntax loop, string options)
{
    /// <summary>The options that the group is given, as source.</summary>
    public string Options { get; } = options;

    /// <summary>Has each pass of the loop wait for room in the group first.</summary>
    public void Record(DocumentEdits edits, string group)
    {
        if (edits.IsFirst(loop, "slot")) edits.Replace(loop, current => LoopBodies.StartingWith((StatementSyntax)current, $"await {group}.WaitForSlotAsync();"));
    }
}
