using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Baselines;

/// <summary>Suppresses, in builds and in editors, the findings that the baseline of the project holds.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BaselineSuppressor : DiagnosticSuppressor
{
    private static readonly ImmutableDictionary<string, SuppressionDescriptor> Descriptors = CreateDescriptors();

    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = Descriptors.Values.ToImmutableArray();

    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        if (Baseline.In(context.Options.AdditionalFiles) is not { } baseline) return;
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree || !Descriptors.TryGetValue(diagnostic.Id, out var descriptor)) continue;
            var model = context.GetSemanticModel(tree);
            if (BaselineEntry.Of(diagnostic, model, context.CancellationToken) is { } entry && baseline.Contains(entry))
                context.ReportSuppression(Suppression.Create(descriptor, diagnostic));
        }
    }

    private static ImmutableDictionary<string, SuppressionDescriptor> CreateDescriptors()
    {
        var descriptors = ImmutableDictionary.CreateBuilder<string, SuppressionDescriptor>();
        foreach (var id in RuleTable.Ids())
        {
            descriptors[id] = new SuppressionDescriptor("AGS" + id.Substring(3), id,
                "The finding stands in the baseline of the project, " + Baseline.FileName);
        }

        return descriptors.ToImmutable();
    }
}
