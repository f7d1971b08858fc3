using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Cli.Auditing;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Cli.Reports;

/// <summary>
/// The HTML report: a page without references to anything outside itself. Everything that comes from the audited code is data in a JSON
/// block, which the page's script puts in as text.
/// </summary>
internal static class HtmlReport
{
    private const string DataMark = "/*DATA*/";

    // The default encoder escapes '<', '>', '&' and quotes, so that no text can end the block that holds it.
    private static readonly JsonSerializerOptions Json =
        new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.Default };

    public static async Task WriteAsync(Stream stream, AuditResult result, string title, CancellationToken cancellationToken)
    {
        var template = await ReadTemplateAsync(cancellationToken).ConfigureAwait(false);
        var data = JsonSerializer.Serialize(DataOf(result, title), Json);
        var mark = template.IndexOf(DataMark, StringComparison.Ordinal);
        var writer = new StreamWriter(stream) { NewLine = "\n" };
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteAsync(template.AsMemory(0, mark), cancellationToken).ConfigureAwait(false);
            await writer.WriteAsync(data.AsMemory(), cancellationToken).ConfigureAwait(false);
            await writer.WriteAsync(template.AsMemory(mark + DataMark.Length), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<string> ReadTemplateAsync(CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(typeof(HtmlReport).Assembly.GetManifestResourceStream("report.html")!);
        return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
    }

    private static object DataOf(AuditResult result, string title) => new
    {
        Title = title,
        result.Projects,
        result.Lines,
        Failures = result.Failures.Select(failure => new { failure.Project, failure.Reason }),
        result.Notes,
        Rules = result.All.GroupBy(finding => finding.Id).OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => RuleOf(group.Key, group.First().Rule)),
        Causes = result.Causes.All.Select(cause => new { cause.Path, cause.Line, cause.Code, cause.Places }),
        Findings = result.Causes.First(result.All).Select(finding => FindingOf(finding, result.Causes.RankOf(finding))),
    };

    private static object RuleOf(string id, DiagnosticDescriptor rule) =>
        new { Id = id, Title = rule.Title.ToString(), Help = rule.HelpLinkUri, rule.Category };

    private static object FindingOf(Finding finding, int? cause) => new
    {
        Rule = finding.Id,
        Severity = finding.Severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ =>
        "suggestion"
        },
        finding.Message,
        finding.Project,
        finding.Path,
        finding.Line,
        finding.Column,
        finding.EndLine,
        finding.EndColumn,
        FirstLine = finding.FirstCodeLine,
        Code = (IEnumerable<string>)finding.Code,
        Hops = finding.Hops.Select(hop => new { hop.Path, hop.Line, hop.Code }),
        finding.IsCause,
        Cause = cause,
        Frameworks = (IEnumerable<string>)finding.Frameworks,
        Baseline = finding.IsInBaseline,
    };
}
