using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Plans;

/// <summary>A project as it would be after an edit, and what the compiler has to say of the members that the edit touched.</summary>
internal sealed class EditedProject
{
    private readonly Project _project;
    private readonly Project _edited;
    private readonly Compilation _before;
    private readonly List<(SyntaxTree Before, SyntaxTree After, SyntaxNode Edited)> _trees = new();
    private Compilation _after;

    private EditedProject(Project project, Compilation before, Project edited, Compilation after)
    {
        _project = project;
        _before = before;
        _edited = edited;
        _after = after;
    }

    /// <summary>The project; <paramref name="edited"/> is what it has become already, where it references others that are edited.</summary>
    public static async Task<EditedProject?> OfAsync(Project? project, CancellationToken cancellationToken, Project? edited = null)
    {
        if (project is null || await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } before) return null;
        if (edited is null) return new EditedProject(project, before, project, before);
        return await edited.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is { } after
            ? new EditedProject(project, before, edited, after) : null;
    }

    /// <summary>Gives a document the edited text; false where it has no tree.</summary>
    public async Task<bool> EditAsync(DocumentId id, SyntaxNode edited, CancellationToken cancellationToken)
    {
        if (await TreeOfAsync(_project, id, cancellationToken).ConfigureAwait(false) is not { } old
            || await TreeOfAsync(_edited, id, cancellationToken).ConfigureAwait(false) is not { } current)
            return false;

        // Parsed anew: what counts is the text that the user gets, not the nodes it was made of.
        var tree = old.WithChangedText(SourceText.From(edited.ToFullString()));
        _after = _after.ReplaceSyntaxTree(current, tree);
        _trees.Add((old, tree, edited));
        return true;
    }

    /// <summary>Whether the compiler has an error or a warning in a touched member that it did not have before.</summary>
    public bool AddsComplaint(CancellationToken cancellationToken)
    {
        foreach (var (old, tree, edited) in _trees)
        {
            var model = _after.GetSemanticModel(tree);
            if (!TouchedMembers(edited).Any(span => model.GetDiagnostics(span, cancellationToken).Any(IsComplaint))) continue;

            // Half-typed code has errors of its own, and old code warnings; those are no reason to refuse.
            var known = Count(_before.GetSemanticModel(old), cancellationToken);
            if (Count(model, cancellationToken).Any(pair => !known.TryGetValue(pair.Key, out var number) || number < pair.Value))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether what the edit wrote binds and still does harm: an await where none may stand, a token whose cancellation is taken for an
    /// error.
    /// </summary>
    public bool DoesHarm(FixContext fix)
    {
        var before = GuardContext.For(_before, _project.AnalyzerOptions);
        var after = GuardContext.For(_after, _project.AnalyzerOptions);
        return _trees.Any(tree =>
            WrittenAwaits.AreIllegal(tree.Edited, (before, tree.Before), (after, tree.After), fix)
            || SwallowingHandlers.AreAdded(tree.Edited, (before, tree.Before), (after, tree.After), fix));
    }

    private static async Task<SyntaxTree?> TreeOfAsync(Project project, DocumentId id, CancellationToken cancellationToken) =>
        project.GetDocument(id) is { } document
            ? await document.GetSyntaxTreeAsync(cancellationToken).ConfigureAwait(false) : null;

    // CS4014 and CS1998, a task that is not awaited and async code that awaits nothing, are what the next fix mends.
    private static bool IsComplaint(Diagnostic diagnostic) =>
        diagnostic.Id is not ("CS4014" or "CS1998")
        && diagnostic is { Severity: DiagnosticSeverity.Error or DiagnosticSeverity.Warning, IsSuppressed: false };

    private static Dictionary<string, int> Count(SemanticModel model, CancellationToken cancellationToken) =>
        model.GetDiagnostics(cancellationToken: cancellationToken).Where(IsComplaint)
        .GroupBy(diagnostic => diagnostic.Id + diagnostic.GetMessage()).ToDictionary(group => group.Key, group => group.Count());

    private static IEnumerable<TextSpan> TouchedMembers(SyntaxNode root) =>
        root.GetAnnotatedNodes(DocumentEdits.Written).Select(MemberAround).Distinct().Select(member => member.Span);

    private static SyntaxNode MemberAround(SyntaxNode node)
    {
        for (var current = node; current is not null; current = current.Parent)
        {
            if (current is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax) return current;
        }

        return node.AncestorsAndSelf().Last();
    }
}
