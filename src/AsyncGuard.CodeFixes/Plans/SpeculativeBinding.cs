using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Plans;

/// <summary>Carries a plan out on the side and binds the members that it touched: a plan that brings a new error is not offered.</summary>
internal static class SpeculativeBinding
{
    public static async Task<bool> CompilesAsync(FixContext fix, FixPlan plan)
    {
        var solution = fix.Document.Project.Solution;
        var edits = new FixEdits(solution);
        plan.Record(edits);

        var before = fix.Model.Compilation;
        var after = before;
        var touched = new List<(SyntaxTree Before, SyntaxTree After, IReadOnlyList<TextSpan> Members)>();
        foreach (var pair in edits.Documents)
        {
            // Other projects see the change through the fix's own search for callers.
            if (pair.Key.ProjectId != fix.Document.Project.Id || solution.GetDocument(pair.Key) is not { } document) continue;
            if (await document.GetSyntaxRootAsync(fix.CancellationToken).ConfigureAwait(false) is not { } root) return false;

            // Parsed anew: what counts is the text that the user gets, not the nodes it was made of.
            var edited = pair.Value.ApplyTo(root);
            var tree = root.SyntaxTree.WithChangedText(SourceText.From(edited.ToFullString()));
            touched.Add((root.SyntaxTree, tree, TouchedMembers(edited)));
            after = after.ReplaceSyntaxTree(root.SyntaxTree, tree);
        }

        foreach (var (old, tree, members) in touched)
        {
            if (BringsError(old, tree, members, before, after, fix)) return false;
        }

        return touched.Count > 0;
    }

    private static bool BringsError(SyntaxTree oldTree, SyntaxTree newTree, IReadOnlyList<TextSpan> members, Compilation before, Compilation after, FixContext fix)
    {
        HashSet<string>? known = null;
        var model = after.GetSemanticModel(newTree);
        foreach (var span in members)
        {
            foreach (var diagnostic in model.GetDiagnostics(span, fix.CancellationToken))
            {
                if (diagnostic.Severity != DiagnosticSeverity.Error) continue;
                known ??= ErrorsOf(before.GetSemanticModel(oldTree), fix);
                if (!known.Contains(diagnostic.Id + diagnostic.GetMessage())) return true;
            }
        }

        return false;
    }

    // Half-typed code has errors of its own; those are no reason to refuse.
    private static HashSet<string> ErrorsOf(SemanticModel model, FixContext fix) =>
        new(model.GetDiagnostics(cancellationToken: fix.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id + diagnostic.GetMessage()));

    private static IReadOnlyList<TextSpan> TouchedMembers(SyntaxNode root) =>
        root.GetAnnotatedNodes(DocumentEdits.Written).Select(MemberAround).Distinct().Select(member => member.Span).ToList();

    private static SyntaxNode MemberAround(SyntaxNode node)
    {
        for (var current = node; current is not null; current = current.Parent)
        {
            if (current is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax) return current;
        }

        return node.AncestorsAndSelf().Last();
    }
}
