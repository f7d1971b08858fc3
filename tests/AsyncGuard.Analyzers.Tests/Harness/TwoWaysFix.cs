using System.Collections.Immutable;
using System.Text;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Analyzers.Tests.Harness;

/// <summary>Offers two actions: one empties the literal, the other adds a document as well. No Fix All.</summary>
public sealed class TwoWaysFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => [OldLiteralAnalyzer.Rule.Id];

    public override FixAllProvider? GetFixAllProvider() => null;

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.Document;
        context.RegisterCodeFix(CodeAction.Create("Say nothing", _ => EmptyAsync(document, context.Span), "nothing"), context.Diagnostics);
        context.RegisterCodeFix(
            CodeAction.Create(
                "Write it down",
                async _ => (await EmptyAsync(document, context.Span).ConfigureAwait(false)).Project.AddDocument("Note.cs",
                    SourceText.From("// old\n", Encoding.UTF8)).Project.Solution,
                "note"),
            context.Diagnostics);
        return Task.CompletedTask;
    }

    private static async Task<Document> EmptyAsync(Document document, TextSpan span) =>
        document.WithText((await document.GetTextAsync().ConfigureAwait(false)).Replace(span, "\"\""));
}
