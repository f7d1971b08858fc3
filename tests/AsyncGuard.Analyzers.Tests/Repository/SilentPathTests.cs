using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>Code that no rule has anything to say about costs no allocation.</summary>
public sealed class SilentPathTests
{
    private const int Few = 50;
    private const int Many = 250;

    // Less than the smallest object, which has 24 bytes, for each callback, and a few objects for each member.
    private const int MostBytesOfACallback = 16;
    private const int MostBytesOfAMember = 192;

    // What synchronous code does all day.
    private const string Synchronous =
        """
        int M#(List<string> items, Dictionary<string, int> counts, string name)
        {
            var total = 0;
            foreach (var item in items)
            {
                if (!counts.TryGetValue(item, out var count)) counts[item] = count = item.Length;
                total += count * 2 + _scale;
            }
            for (var i = 0; i < items.Count; i++) total += items[i].IndexOf(name, StringComparison.Ordinal);
            var text = new StringBuilder().Append(name).Append(total).ToString();
            if (text.Length > 10) throw new ArgumentException("long", nameof(name));
            try { total += int.Parse(name); } catch (FormatException e) { Note(e.Message); }
            return total + Twice(total) + items.Where(item => item.Length > 2).Select(item => item.Length).Sum();
        }
        """;

    public static TheoryData<string> Rules => [.. RuleRow.AllAnalyzers.Select(analyzer => analyzer.GetType().Name)];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task SynchronousCode_AllocatesNothing(string rule)
    {
        var few = await RunAsync(rule, Few);
        var many = await RunAsync(rule, Many);
        var (bytes, calls, members) = (many.Bytes - few.Bytes, many.Calls - few.Calls, Many - Few);
        Assert.True(bytes < (calls * MostBytesOfACallback) + (members * MostBytesOfAMember),
            $"{bytes} bytes, {calls} callbacks, {members} members");
    }

    // What the compiler says of them does not depend on the rule.
    [Fact]
    public void SynchronousCode_Compiles() => Assert.DoesNotContain(Compile(Many).GetDiagnostics(TestContext.Current.CancellationToken),
        finding => finding.Severity == DiagnosticSeverity.Error);

    private static async Task<AllocationMeter> RunAsync(string rule, int methods)
    {
        var meter = new AllocationMeter(RuleRow.AllAnalyzers.Single(analyzer => analyzer.GetType().Name == rule));
        Assert.Empty(await AnalyzerRun.RunRulesAsync(Compile(methods), [meter.Analyzer], new AnalyzerOptions([])));
        return meter;
    }

    private static CSharpCompilation Compile(int methods)
    {
        var source =
            new StringBuilder(
            "using System; using System.Collections.Generic; using System.Linq; using System.Text; class C { int _scale; int Twice(int n) => n * 2; void Note(string s) { }");
        for (var i = 0; i < methods; i++)
            source.Append(Synchronous.Replace("#", i.ToString(System.Globalization.CultureInfo.InvariantCulture),
                StringComparison.Ordinal));
        return CSharpCompilation.Create(
            "Silent",
            [CSharpSyntaxTree.ParseText(source.Append('}').ToString(),
                CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest))],
            ReferenceAssemblies.Get(ReferenceSet.Net100),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }
}
