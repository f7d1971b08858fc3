using System.Text;
using System.Threading;
using AsyncGuard.Analysis;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Summaries;

/// <summary>
/// Writes down which members of a compilation block, for AGD0105 in the compilations that reference it. An implementation output: what it
/// writes means nothing to the compilation itself, so that a host need not run it at every key; for those that do, the package says whether
/// it is an editor.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class BlockingSummaryGenerator : IIncrementalGenerator
{
    internal const string StepName = "Summaries";

    private const string FileName = "AsyncGuard.BlockingSummaries.g.cs";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var texts = context.CompilationProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Combine(context.AdditionalTextsProvider.Where(UserCatalog.IsCatalog).Collect())
            .Select(static (inputs,
            cancellation) => Write(inputs.Left.Left, new AnalyzerOptions(inputs.Right, inputs.Left.Right), cancellation))
            .WithTrackingName(StepName);
        context.RegisterImplementationSourceOutput(texts, static (production, text) =>
        {
            if (text is not null) production.AddSource(FileName, SourceText.From(text, Encoding.UTF8));
        });
    }

    // A text, so that an edit that changes no answer ends here.
    private static string? Write(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation)
    {
        var guard = GuardContext.For(compilation, options);
        if (guard.Types.Task is null || !guard.Options.WritesSummaries(compilation) || !SummaryText.CanStandIn(compilation)) return null;
        return SummaryText.Of(new ExportedBlockingMembers(guard).Find(cancellation), compilation);
    }
}
