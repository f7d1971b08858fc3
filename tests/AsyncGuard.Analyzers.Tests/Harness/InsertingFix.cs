using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Formatting;

namespace AsyncGuard.Analyzers.Tests.Harness;

/// <summary>Replaces the statement that holds the literal by a block that the formatter has to lay out.</summary>
public sealed class InsertingFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => [OldLiteralAnalyzer.Rule.Id];

    public override FixAllProvider? GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        context.RegisterCodeFix(
            CodeAction.Create(
                "Only sometimes",
                async cancellationToken =>
                {
                    var root = (await context.Document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
                    var statement = root.FindNode(context.Span).FirstAncestorOrSelf<StatementSyntax>()!;
                    var block = SyntaxFactory.ParseStatement("if (DateTime.Now.Ticks > 0)\n{\nConsole.WriteLine();\n}")
                        .WithAdditionalAnnotations(Formatter.Annotation);
                    return context.Document.WithSyntaxRoot(root.ReplaceNode(statement, block.WithTriviaFrom(statement)));
                },
                "sometimes"),
            context.Diagnostics);
        return Task.CompletedTask;
    }
}
