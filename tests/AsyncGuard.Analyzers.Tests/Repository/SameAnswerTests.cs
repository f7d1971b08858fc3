using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>
/// The same code gets the same reports, character by character: whatever the order of files and rules, on however many threads, and for a
/// rule that runs alone.
/// </summary>
public sealed class SameAnswerTests
{
    private const int Rounds = 50;
    private const int RoundsAlone = 3;

    private const string Usings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // Answers that depend on several files: calls of interfaces, circles, parts of a type, calls with a common cause.
    private static readonly ImmutableArray<string> Spread =
    [
        "interface IStore { void Save(); int Count { get; } } class A : IStore { public void Save() => B.Write(1); public int Count => B.Read(); }",
        "class D : IStore { public void Save() => B.Write(2); public int Count { get { return B.Read() + Ring.One(3); } } }",
        "static class B { public static void Write(int i) { if (i > 0) Write(i - 1); File.WriteAllText(\"a\", \"b\"); } public static int Read() => File.ReadAllBytes(\"a\").Length; }",
        "static class Ring { public static int One(int i) => i > 3 ? Two(i) : i; public static int Two(int i) => Three(i - 1); public static int Three(int i) { Thread.Sleep(i); return One(i); } }",
        "partial class Part { static readonly string First = File.ReadAllText(\"first\"); public static string Text => First + Second; }",
        "partial class Part { static readonly string Second = Later(); static string Later() { Thread.Sleep(2); return \"\"; } }",
        "class Use1 { async Task M(IStore s, CancellationToken t) { s.Save(); var n = s.Count; Ring.Two(4); var p = Part.Text; await Task.Delay(n); } }",
        "class Use2 { async Task M(IStore s, Task<int> t) { s.Save(); B.Write(3); B.Read(); Ring.Three(5); var p = Part.Text; await Task.Yield(); var r = t.Result; } }",
        "class Use3 { async Task M(IStore s) { s.Save(); B.Write(4); await Task.WhenAny(Task.Delay(1), Task.Run(() => s.Save())); } int Wait(Task<int> t) => t.Result; async Task N(Task<int> t) { Wait(t); Wait(t); Wait(t); Wait(t); await t; } }",
    ];

    [Fact]
    public async Task SameCode_InAnyOrder_GetsTheSameReports()
    {
        var random = new Random(20);
        var first = await ReportsAsync(Compile(Sources()), RuleRow.AllAnalyzers);
        Assert.True(first.Count > 60, $"only {first.Count} reports");
        for (var round = 1; round < Rounds; round++)
        {
            var reports = await ReportsAsync(Compile(Shuffled(Sources(), random)), [.. Shuffled(RuleRow.AllAnalyzers, random)]);
            Assert.Equal(first, reports);
        }
    }

    [Fact]
    public async Task RuleAlone_ReportsWhatItReportsAmongOthers()
    {
        var random = new Random(21);
        var first = await ReportsAsync(Compile(Sources()), RuleRow.AllAnalyzers);
        for (var round = 0; round < RoundsAlone; round++)
        {
            // Each on a compilation that nothing has asked before.
            var alone = new List<string>();
            foreach (var analyzer in RuleRow.AllAnalyzers)
                alone.AddRange(await ReportsAsync(Compile(Shuffled(Sources(), random)), [analyzer]));
            Assert.Equal(first, alone.Order(StringComparer.Ordinal));
        }
    }

    private static List<(string Path, string Text)> Sources() =>
    [
        .. Checkout.SourcesBelow("samples/Quickstart/Before").Select(path => (path, Checkout.Read(path))),
        .. Spread.Select((text, index) => ($"Spread{index}.cs", text)),
        ("Usings.cs", Usings),
    ];

    private static CSharpCompilation Compile(IEnumerable<(string Path, string Text)> sources) => CSharpCompilation.Create(
        "Same",
        sources.Select(
            source => CSharpSyntaxTree.ParseText(source.Text, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest),
                source.Path)),
        ReferenceAssemblies.Get(ReferenceSet.AspNetCore),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private static async Task<List<string>> ReportsAsync(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var options =
            new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true,
            logAnalyzerExecutionTime: false);
        var reports = await new CompilationWithAnalyzers(compilation, analyzers, options).GetAnalyzerDiagnosticsAsync();
        return [.. reports.Select(
            report => $"{report} {string.Join(' ', report.AdditionalLocations.Select(location => location.GetLineSpan()))}")
                .Order(StringComparer.Ordinal)];
    }

    private static List<T> Shuffled<T>(IEnumerable<T> items, Random random) => [.. items.OrderBy(_ => random.Next())];
}
