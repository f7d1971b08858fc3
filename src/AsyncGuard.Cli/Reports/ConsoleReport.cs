using System;
using System.Linq;
using AsyncGuard.Cli.Auditing;
using Microsoft.CodeAnalysis;
using Spectre.Console;

namespace AsyncGuard.Cli.Reports;

/// <summary>Findings grouped by rule, with the call path of those that have one.</summary>
internal static class ConsoleReport
{
    public static void Write(IAnsiConsole console, AuditResult result, bool includeBaseline)
    {
        var shown = includeBaseline ? result.All : result.Open;
        foreach (var rule in shown.GroupBy(finding => finding.Id).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var findings = rule.ToList();
            Line(console, $"{rule.Key} {findings[0].Rule.Title} ({findings.Count})", new Style(decoration: Decoration.Bold));
            foreach (var finding in findings) Write(console, finding);
            console.WriteLine();
        }

        foreach (var note in result.Notes) Line(console, "note: " + note, new Style(Color.Yellow));
        foreach (var failure in result.Failures) Line(console, $"not loaded: {failure.Project}: {failure.Reason}", new Style(Color.Red));
        var errors = result.CountAtOrAbove(DiagnosticSeverity.Error);
        var warnings = result.CountAtOrAbove(DiagnosticSeverity.Warning) - errors;
        var suggestions = result.Open.Length - errors - warnings;
        var accepted = result.All.Length - result.Open.Length;
        Line(console,
            $"{errors} errors, {warnings} warnings, {suggestions} suggestions in {result.Projects} projects, {result.Lines:N0} lines" +
                (accepted > 0 ? $"; {accepted} more in baselines" : ""), new Style(decoration: Decoration.Bold));
    }

    private static void Write(IAnsiConsole console, Finding finding)
    {
        var severity =
            finding.Severity switch { DiagnosticSeverity.Error => "error", DiagnosticSeverity.Warning => "warning", _ => "suggestion" };
        var color = finding.Severity switch
        {
            DiagnosticSeverity.Error => Color.Red,
            DiagnosticSeverity.Warning => Color.Yellow,
            _ =>
            Color.Default
        };
        Line(console,
            $"  {finding.Path}({finding.Line},{finding.Column}): {severity}{(finding.IsInBaseline ? " (in the baseline)" : "")}: {finding.Message}",
                new Style(color));
        foreach (var hop in finding.Hops) Line(console, $"      {(finding.IsCause ? '←' : '→')} {hop.Path}({hop.Line},{hop.Column}): {hop.Code}", Style.Plain);
    }

    // Text, never markup: code and file names may hold brackets. One line each, whatever the width of the terminal.
    private static void Line(IAnsiConsole console, string text, Style style)
    {
        text = TerminalText.Of(text);
        if (console.Profile.Out.IsTerminal) console.Write(new Text(text + Environment.NewLine, style));
        else console.Profile.Out.Writer.WriteLine(text);
    }
}
