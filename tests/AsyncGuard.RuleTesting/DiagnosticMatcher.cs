using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace AsyncGuard.RuleTesting;

/// <summary>Compares what was reported with what the markup of a test expects.</summary>
internal static class DiagnosticMatcher
{
    public static string MessageOf(Diagnostic diagnostic) => diagnostic.GetMessage(CultureInfo.InvariantCulture);

    public static void Verify(TestCase test, ImmutableArray<DiagnosticAnalyzer> analyzers, ImmutableArray<Diagnostic> actual, string subject)
    {
        var unexpected = actual.ToList();
        var missing = new List<ExpectedDiagnostic>();

        // The particular ones choose first, so that `[|…|]` does not take what a message was written for.
        foreach (var expected in Expected(test, analyzers).OrderByDescending(expected => expected.Result != new DiagnosticResult(expected.Result.Id)))
        {
            var match = unexpected.FindIndex(expected.Matches);
            if (match < 0)
                missing.Add(expected);
            else
                unexpected.RemoveAt(match);
        }

        if (missing.Count == 0 && unexpected.Count == 0)
            return;

        var message = new StringBuilder($"The diagnostics of the {subject} are not the expected ones.\n");
        foreach (var expected in missing)
        {
            message.Append(CultureInfo.InvariantCulture, $"\nMissing    {Describe(expected)}{In(expected.File?.Path)}\n");
            if (expected.File is { } file)
                AppendLine(message, file.Text, expected.Span);
            if (expected.Result.Id.StartsWith("CS", StringComparison.Ordinal) && !test.Options.CompilerDiagnosticIds.Contains(expected.Result.Id))
                message.Append("           (a compiler warning takes part only if CompilerDiagnosticIds lists it)\n");
        }

        foreach (var diagnostic in unexpected)
        {
            message.Append(CultureInfo.InvariantCulture, $"\nUnexpected {diagnostic.Id} {diagnostic.Severity}: {MessageOf(diagnostic)}{In(diagnostic.Location.SourceTree?.FilePath)}\n");
            if (diagnostic.Location.SourceTree is { } tree)
                AppendLine(message, tree.GetText(), diagnostic.Location.SourceSpan);
        }

        Assert.Fail(message.ToString());
    }

    private static IEnumerable<ExpectedDiagnostic> Expected(TestCase test, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        foreach (var file in test.Files)
        {
            foreach (var (id, span) in file.Markup.Spans)
                yield return new(new(id ?? OnlyId(analyzers)), file, span, []);
        }

        foreach (var result in test.Expected)
        {
            var places = result.Locations.Select(key => Locate(test, key)).ToImmutableArray();
            yield return places is [var (file, span), .. var additional] ? new(result, file, span, additional) : new(result, null, default, []);
        }
    }

    private static string OnlyId(ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var ids = analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(descriptor => descriptor.Id).Distinct().ToList();
        if (ids is not [var id])
        {
            Assert.Fail($"[|…|] is ambiguous between {string.Join(", ", ids)}; write {{|{ids.FirstOrDefault()}:…|}}");
            throw new InvalidOperationException();
        }

        return id;
    }

    private static (TestFile File, TextSpan Span) Locate(TestCase test, int key)
    {
        foreach (var file in test.Files)
        {
            if (file.Markup.Locations.TryGetValue(key, out var span))
                return (file, span);
        }

        Assert.Fail($"No location {{|#{key}:…|}} is marked");
        throw new InvalidOperationException();
    }

    private static string Describe(ExpectedDiagnostic expected)
    {
        var result = expected.Result;
        var wanted = result.Message ?? (result.Arguments is { } arguments ? $"with arguments ({string.Join(", ", arguments)})" : "");
        var more = expected.AdditionalLocations.IsEmpty ? "" : $" and {expected.AdditionalLocations.Length} additional locations";
        return $"{result.Id} {result.Severity}".TrimEnd() + (wanted.Length == 0 ? "" : ": " + wanted) + more;
    }

    private static string In(string? path) => path is null or TestCase.MainPath ? "" : $" (in {path})";

    private static void AppendLine(StringBuilder message, SourceText text, TextSpan span)
    {
        var line = text.Lines.GetLineFromPosition(span.Start);
        var number = (line.LineNumber + 1).ToString(CultureInfo.InvariantCulture).PadLeft(9);
        var column = span.Start - line.Start;
        var length = Math.Max(1, Math.Min(span.End, line.End) - span.Start);
        message.Append(CultureInfo.InvariantCulture, $"{number}  {line}\n{new string(' ', 11 + column)}{new string('^', length)}\n");
    }
}
