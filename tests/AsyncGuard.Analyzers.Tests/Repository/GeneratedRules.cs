using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using AsyncGuard.Plans;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>The rules as data, for tools: <c>docs/rules.json</c>.</summary>
internal static class GeneratedRules
{
    private static readonly JsonSerializerOptions Format =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static string Json() => JsonSerializer.Serialize(
        new
        {
            generatedFrom = "the rule table: ASYNCGUARD_BLESS=1 dotnet test --filter DocsTests",
            rules = RuleRow.All.Select(row => new
            {
                id = row.Id,
                title = row.Title,
                category = row.Descriptor.Category,
                severity = GeneratedDocs.Severity(row),
                since = GeneratedDocs.Since(row),
                description = row.Descriptor.Description.ToString(),
                message = row.Message,
                page = $"rules/{row.Id}.md",
                actions = FixActions.All.Where(action => action.Rule == row.Id)
                .Select(action => new
                {
                    key = action.Key,
                    does = action.Does,
                    @class = action.IsSafe ? "safe" : "review",
                    review = action.Review
                }),
                equivalents = PeerRule.All.Where(rule => rule.Rule == row.Id && rule.IsEqual).Select(rule => rule.Id),
                overlaps = PeerRule.All.Where(rule => rule.Rule == row.Id && !rule.IsEqual).Select(rule => rule.Id),
            }),
        },
        Format) + "\n";
}
