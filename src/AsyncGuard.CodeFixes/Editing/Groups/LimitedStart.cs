using System;
using System.Linq;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Editing.Groups;

/// <summary>A loop that starts children of a group no faster than the group lets them run.</summary>
internal sealed class LimitedStart(StatementSyntax loop, string options)
{
    private const string Limit = GroupMembers.Limit;

    /// <summary>The options that the group receives, as source.</summary>
    public string Options { get; } = options;

    /// <summary>Whether the group that exists around the scope has a limit.</summary>
    public static bool Has(GroupScope scope) =>
        scope.First.Ancestors().OfType<InvocationExpressionSyntax>()
        .FirstOrDefault(call => call.Expression is MemberAccessExpressionSyntax access
            && GroupMembers.RunAsync.IsNamed(access.Name.Identifier.ValueText)) is { } run
        && run.ArgumentList.Arguments.Skip(1).Any(argument => argument.ToString().IndexOf(Limit, StringComparison.Ordinal) >= 0);

    /// <summary>Has each pass of the loop wait for room in the group first; false where it does already.</summary>
    public bool Record(DocumentEdits edits, string group)
    {
        if (!edits.IsFirst(loop, "slot")) return false;
        edits.Replace(loop, current => LoopBodies.StartingWith((StatementSyntax)current, $"await {group}.WaitForSlotAsync();"));
        return true;
    }
}
