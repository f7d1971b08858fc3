using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Cli.Auditing;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Cli.Reports;

/// <summary>SARIF 2.1.0: one run for the solution, call paths as code flows, findings of a baseline as suppressed results.</summary>
internal static class SarifReport
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";
    private const string RootName = "SRCROOT";

    public static async Task WriteAsync(Stream stream, AuditResult result, CancellationToken cancellationToken)
    {
        var rules = result.All.Select(finding => finding.Rule).GroupBy(rule => rule.Id).Select(group => group.First())
            .OrderBy(rule => rule.Id, StringComparer.Ordinal).ToList();
        var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        await using (json.ConfigureAwait(false))
        {
            json.WriteStartObject();
            json.WriteString("$schema", Schema);
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            WriteTool(json, rules);
            json.WriteString("columnKind", "utf16CodeUnits");
            json.WriteStartArray("results");
            foreach (var finding in result.All) WriteResult(json, finding, rules.FindIndex(rule => rule.Id == finding.Id));
            json.WriteEndArray();
            WriteInvocation(json, result);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            await json.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static void WriteTool(Utf8JsonWriter json, List<DiagnosticDescriptor> rules)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "AsyncGuard");
        json.WriteString("semanticVersion", typeof(GuardAnalyzer).Assembly.GetName().Version!.ToString(3));
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            var title = rule.Title.ToString();
            var description = rule.Description.ToString() is { Length: > 0 } text ? text : title + ".";
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            WriteText(json, "shortDescription", title);
            WriteText(json, "fullDescription", description);
            json.WriteString("helpUri", rule.HelpLinkUri);
            json.WriteStartObject("help");
            json.WriteString("text", $"{description} See {rule.HelpLinkUri}");
            json.WriteString("markdown", $"{description} See [{rule.Id}]({rule.HelpLinkUri}).");
            json.WriteEndObject();
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", Level(rule.DefaultSeverity));
            json.WriteEndObject();
            json.WriteStartObject("properties");
            json.WriteString("category", rule.Category);
            json.WriteStartArray("tags");
            foreach (var tag in rule.CustomTags.Prepend(rule.Category).Distinct(StringComparer.Ordinal)) json.WriteStringValue(tag);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, Finding finding, int rule)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Id);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", Level(finding.Severity));
        WriteText(json, "message", finding.Message);
        json.WriteStartArray("locations");
        json.WriteStartObject();
        WritePhysical(json, finding.Path, finding.Line, finding.Column, finding.EndLine, finding.EndColumn);
        json.WriteEndObject();
        json.WriteEndArray();
        if (finding.IsCause) WriteRelated(json, finding);
        else if (!finding.Hops.IsEmpty) WriteCodeFlow(json, finding);
        if (finding.BaselineLine.Length > 0)
        {
            json.WriteStartObject("partialFingerprints");
            json.WriteString("asyncGuardFinding/v1", Fingerprint(finding));
            json.WriteEndObject();
        }

        if (finding.IsInBaseline)
        {
            json.WriteStartArray("suppressions");
            json.WriteStartObject();
            json.WriteString("kind", "external");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteStartObject("properties");
        json.WriteString("project", finding.Project);
        json.WriteStartArray("targetFrameworks");
        foreach (var framework in finding.Frameworks) json.WriteStringValue(framework);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // The reported call first, then each call on the path.
    private static void WriteCodeFlow(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartArray("codeFlows");
        json.WriteStartObject();
        json.WriteStartArray("threadFlows");
        json.WriteStartObject();
        json.WriteStartArray("locations");
        WriteStep(json, finding.Path, finding.Line, finding.Column, finding.Message);
        foreach (var hop in finding.Hops) WriteStep(json, hop.Path, hop.Line, hop.Column, hop.Code);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    // The places that lead to a cause are no path.
    private static void WriteRelated(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartArray("relatedLocations");
        foreach (var place in finding.Hops) WriteLocation(json, place.Path, place.Line, place.Column, place.Code);
        json.WriteEndArray();
    }

    private static void WriteStep(Utf8JsonWriter json, string path, int line, int column, string text)
    {
        json.WriteStartObject();
        json.WritePropertyName("location");
        WriteLocation(json, path, line, column, text);
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, string path, int line, int column, string text)
    {
        json.WriteStartObject();
        WritePhysical(json, path, line, column, null, null);
        WriteText(json, "message", text);
        json.WriteEndObject();
    }

    private static void WritePhysical(Utf8JsonWriter json, string path, int line, int column, int? endLine, int? endColumn)
    {
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", string.Join('/', path.Split('/').Select(Uri.EscapeDataString)));
        json.WriteString("uriBaseId", RootName);
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", line);
        json.WriteNumber("startColumn", column);
        if (endLine is { } lastLine) json.WriteNumber("endLine", lastLine);
        if (endColumn is { } lastColumn) json.WriteNumber("endColumn", lastColumn);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteInvocation(Utf8JsonWriter json, AuditResult result)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", result.Failures.Count == 0);
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var failure in result.Failures)
            WriteNotification(json, "error", $"{Path.GetFileName(failure.Project)} could not be loaded: {failure.Reason}");
        foreach (var note in result.Notes) WriteNotification(json, "warning", note);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteNotification(Utf8JsonWriter json, string level, string text)
    {
        json.WriteStartObject();
        json.WriteString("level", level);
        WriteText(json, "message", text);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string Level(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        DiagnosticSeverity.Info => "note",
        _ => "none",
    };

    private static string Fingerprint(Finding finding) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{finding.Path}\n{finding.BaselineLine}")).AsSpan(0, 16));
}
