using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Options;

namespace AsyncGuard.Plans;

/// <summary>The edits of one document. Each names a node of the original tree and gets the node as earlier edits have left it.</summary>
internal sealed class DocumentEdits
{
    /// <summary>Marks what an edit has written, so that only the members around it are bound again.</summary>
    public static readonly SyntaxAnnotation Written = new("AsyncGuard.Written");

    /// <summary>Marks the root that is edited, with how far the project is configured to indent.</summary>
    public const string ConfiguredStep = "AsyncGuard.Step";

    private readonly List<(SyntaxNode Node, Func<SyntaxNode, IReadOnlyList<SyntaxNode>> Change)> _changes = new();
    private readonly HashSet<(SyntaxNode Node, string Purpose)> _once = new();
    private readonly SortedSet<string> _imports = new(StringComparer.Ordinal);

    public void Replace(SyntaxNode node, Func<SyntaxNode, SyntaxNode> change) => _changes.Add((node, current => [change(current)]));

    /// <summary>Replaces a statement by several, or by none.</summary>
    public void ReplaceByMany(SyntaxNode node, Func<SyntaxNode, IReadOnlyList<SyntaxNode>> change)
    {
        // A statement of a top-level program is a member of its own.
        if (node.Parent is GlobalStatementSyntax global)
            _changes.Add((global,
                current => [.. change(((GlobalStatementSyntax)current).Statement)
                    .Select(statement => SyntaxFactory.GlobalStatement((StatementSyntax)statement))]));
        else _changes.Add((node, change));
    }

    /// <summary>
    /// Leaves a node as it is, but has the member around it bound again: what is written elsewhere may change its meaning.
    /// </summary>
    public void Recheck(SyntaxNode node) => Replace(node, static current => current);

    /// <summary>
    /// Whether this is the first time that the node is edited for the purpose. A function becomes async once, whatever number of findings
    /// ask for it.
    /// </summary>
    public bool IsFirst(SyntaxNode node, string purpose) => _once.Add((node, purpose));

    /// <summary>Adds a <c>using</c> directive, unless the file has it.</summary>
    public void Import(string @namespace) => _imports.Add(@namespace);

    /// <summary>The edited root. The options are those of its document, where it counts how lines are indented.</summary>
    public SyntaxNode ApplyTo(SyntaxNode root, OptionSet? options = null)
    {
        var current = root.TrackNodes(_changes.Select(change => change.Node).Distinct());
        if (options is not null) current = current.WithAdditionalAnnotations(new SyntaxAnnotation(ConfiguredStep, StepBy(options)));
        foreach (var (node, change) in _changes)
        {
            // Gone: an outer edit has removed the place.
            if (current.GetCurrentNode(node) is not { } found) continue;
            var written = change(found);
            current = written.Count == 1
                ? current.ReplaceNode(found, found.CopyAnnotationsTo(written[0])!.WithAdditionalAnnotations(Written))
                : current.ReplaceNode(found, written.Select(one => one.WithAdditionalAnnotations(Written)));
        }

        return LineEnds.AsIn(root, LineEnds.Kept(current is CompilationUnitSyntax unit ? UsingDirectives.Add(unit, _imports) : current));
    }

    private static string StepBy(OptionSet options) => options.GetOption(FormattingOptions.UseTabs, LanguageNames.CSharp) ? "\t"
        : new string(' ', options.GetOption(FormattingOptions.IndentationSize, LanguageNames.CSharp));
}
