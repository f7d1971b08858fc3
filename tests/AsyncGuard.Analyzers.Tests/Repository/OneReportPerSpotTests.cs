using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>However many rules could speak of a place, one does.</summary>
public sealed class OneReportPerSpotTests
{
    [Fact]
    public async Task Snippets_UnderAllRules_HaveOneReportPerSpot()
    {
        foreach (var code in SnippetCollection.All) await RequireOnePerSpotAsync(code);
    }

    // Smells inside and beside each other.
    [Fact]
    public async Task Combinations_UnderAllRules_HaveOneReportPerSpot()
    {
        string[] calls =
        [
            "Thread.Sleep(1)", "SpinWait.SpinUntil(() => File.Exists(path))", "text.Result", "text.Wait()", "text.GetAwaiter().GetResult()",
            "Task.WaitAll(text)", "File.ReadAllText(path)", "File.ReadAllTextAsync(path)", "File.ReadAllTextAsync(path).Result",
            "File.ReadAllTextAsync(path).ConfigureAwait(false)",
            "new HttpClient().GetStringAsync(path)", "new HttpClient().GetStringAsync(path).Result", "new HttpClient().Send(request)",
            "Task.Delay(1)", "Task.Delay(1).Wait()", "Task.Run(() => Thread.Sleep(1))", "new TaskCompletionSource<int>().Task.Wait()",
            "Task.Run(() => File.ReadAllText(path)).GetAwaiter().GetResult()", "Later()", "gate.Wait()", "gate?.WaitAsync().Wait()",
                "stream.Read(new byte[1], 0, 1)",
        ];
        string[] shapes =
        [
            "{0};", "{0};\n{1};", "Use({0}, {1});", "_ = {0}; lock (gate) {{ {1}; }}",
            "Action a = () => {0}; Func<Task> f = async () => {{ await Task.Yield(); {1}; }};",
            "new List<int>().ForEach(_ => {{ {0}; {1}; }});", "try {{ {0}; }} finally {{ {1}; }}",
            "async void Handler() {{ await Task.Yield(); {0}; {1}; }} Handler();",
        ];
        const string rest = "SemaphoreSlim gate = new(1); Task Later() => Task.CompletedTask; void Use(object a, object b) { }\n";
        var body = 0;
        foreach (var shape in shapes)
        {
            // One file for each shape; every call with every other, or with five others. Errors of single bodies do no harm.
            var members = from first in Enumerable.Range(0, calls.Length)
                          from step in shape.StartsWith("Use", System.StringComparison.Ordinal) ? Enumerable.Range(0, calls.Length)
                          : shape.Contains("{1}") ? [0, 1, 3, 7, 12] : [0]
                          let second = calls[(first + step) % calls.Length]
                          select $"async Task M{body++}(string path, Task<string> text, Stream stream, HttpRequestMessage request, CancellationToken token)\n{{\n{string.Format(shape, calls[first], second)}\n}}\n";
            await RequireOnePerSpotAsync(rest + string.Concat(members));
        }
    }

    private static async Task RequireOnePerSpotAsync(string code)
    {
        var findings =
            (await AnalyzerRun.GetDiagnosticsAsync(RuleRow.AllAnalyzers, code, RulePage.OptionsFor(code))).Where(
            finding => finding.Id.StartsWith("AGD", System.StringComparison.Ordinal)).ToList();
        var crowded =
            from finding in findings
            group finding by (finding.Location.SourceTree?.FilePath, finding.Location.SourceSpan.Start) into spot
            where spot.GroupBy(finding => finding.Location.SourceSpan).Any(same => same.Count() > 1)
            || spot.Count(finding => !IsCreation(finding)) > 1
            let line = spot.First().Location.SourceTree!.GetText().Lines.GetLineFromPosition(spot.Key.Start)
            select $"{string.Join(" and ", spot.Select(finding => $"{finding.Id} '{finding.Location.SourceTree!.GetText().ToString(finding.Location.SourceSpan)}'"))} in: {line.ToString().Trim()}";
        var all = crowded.Distinct().ToList();
        Assert.True(all.Count == 0, $"{all.Count} spots have more than one report:\n{string.Join('\n', all.Take(25))}");
    }

    // new HttpClient().Send(request): what is created and what is done with it are two smells; both begin at the same place.
    private static bool IsCreation(Diagnostic finding) =>
        finding.Location.SourceTree!.GetRoot()
        .FindNode(finding.Location.SourceSpan, getInnermostNodeForTie: true) is BaseObjectCreationExpressionSyntax;
}
