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
    private const string DroppedTaskId = "CS4014";

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
    public bool AddsComplaint(FixContext fix)
    {
        foreach (var (old, tree, edited) in _trees)
        {
            var model = _after.GetSemanticModel(tree);
            if (!ImportsMore(old, tree) && !TouchedMembers(edited)
                .Any(span => model.GetDiagnostics(span, fix.CancellationToken).Any(one => IsComplaint(one, fix))))
                continue;

            // Half-typed code has errors of its own, and old code warnings; those are no reason to refuse.
            var known = Count(_before.GetSemanticModel(old), fix);
            if (Count(model, fix).Any(pair => !known.TryGetValue(pair.Key, out var number) || number < pair.Value)) return true;
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

    // CS1998, async code that awaits nothing, is what the next fix resolves. CS4014 says of a task that is dropped beside the one that is
    // fixed, in a function that becomes async, what AGD0201 said before; the fix of anything else adds no such warning.
    private static bool IsComplaint(Diagnostic diagnostic, FixContext fix) =>
        diagnostic.Id is not "CS1998" && (diagnostic.Id is not DroppedTaskId || !IsAboutDropped(fix))
        && diagnostic is { Severity: DiagnosticSeverity.Error or DiagnosticSeverity.Warning, IsSuppressed: false };

    private static bool IsAboutDropped(FixContext fix) =>
        fix.Diagnostic.Id is DroppedTaskId || fix.Diagnostic.Id == RuleTable.DroppedTask.Id;

    private static Dictionary<string, int> Count(SemanticModel model, FixContext fix) =>
        model.GetDiagnostics(cancellationToken: fix.CancellationToken).Where(one => IsComplaint(one, fix))
        .GroupBy(diagnostic => diagnostic.Id + diagnostic.GetMessage()).ToDictionary(group => group.Key, group => group.Count());

    private static IEnumerable<TextSpan> TouchedMembers(SyntaxNode root) =>
        root.GetAnnotatedNodes(DocumentEdits.Written).Select(MemberAround).Distinct().Select(member => member.Span);

    // using System.Threading; beside using System.Timers; changes what Timer means in members that the edit did not touch
    private static bool ImportsMore(SyntaxTree before, SyntaxTree after) => Imports(before) < Imports(after);

    private static int Imports(SyntaxTree tree) =>
        tree.GetRoot().DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .Count(node => node is UsingDirectiveSyntax);

    private static SyntaxNode MemberAround(SyntaxNode node)
    {
        for (var current = node; current is not null; current = current.Parent)
        {
            if (current is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax) return current;
        }

        return node.AncestorsAndSelf().Last();
    }
}
