using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.Baselines;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Baselines;

/// <summary>What stays accepted, and what is a new finding, when code changes after the baseline was written.</summary>
public sealed class BaselineSuppressorTests
{
    private const string Usings = "using System.Threading; using System.Threading.Tasks;\n";

    private const string Sleeps =
        """
        public partial class Clock
        {
            public async Task TickAsync(string name)
            {
                await Task.Yield();
                Thread.Sleep(name.Length);
            }
        }
        """;

    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [new BlockingSleepAnalyzer(), new BaselineSuppressor()];

    private static readonly ImmutableArray<DiagnosticAnalyzer> OfPaths =
        [new IndirectBlockingAnalyzer(), new IndirectBlockingPlaceAnalyzer(), new BaselineSuppressor()];

    [Theory]
    // Moved within the file, and with other spaces and comments.
    [InlineData("public class Above;\n\n\n")]
    // Into another part of the type.
    [InlineData("public partial class Clock { public int Hours; }\n")]
    public async Task Code_ThatMoved_StaysAccepted(string before)
    {
        var moved = before.Replace(";\n", " { }\n") + Sleeps.Replace("Thread.Sleep(", "Thread . /* slowly */ Sleep(\n  ");

        await RequireAsync(Sleeps, moved);
    }

    [Fact]
    public async Task File_ThatWasRenamed_StaysAccepted()
    {
        var lines = await LinesAsync(Sleeps, RuleTestOptions.File);
        var options = RuleTestOptions.File with { OtherFiles = [("Renamed.cs", Usings + Sleeps)] };

        Assert.Empty(await FindingsAsync("", options, lines));
    }

    [Theory]
    [InlineData("\n", "\r\n")]
    [InlineData("\r\n", "\n")]
    public async Task LineEndings_OfCodeAndOfTheBaseline_DoNotCount(string before, string after)
    {
        const string code = "\"\"\"\n    first\n\n      second\n    \"\"\"";
        var source = Sleeps.ReplaceLineEndings("\n").Replace("name.Length", code + ".Length + @\"a\n\nb\".Length");

        var lines = await LinesAsync(source.ReplaceLineEndings(before), RuleTestOptions.File);

        Assert.Empty(await FindingsAsync(source.ReplaceLineEndings(after), RuleTestOptions.File, lines, after));
    }

    // A file has more ends of lines than those that an editor writes.
    [Theory]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    [InlineData("\u0085")]
    [InlineData("\f")]
    public async Task Code_WithAnyEndOfLine_IsOneLine(string end)
    {
        var source = Sleeps.Replace("name.Length", $"@\"a{end}b | c{end}\".Length");

        await RequireAsync(source, source);
    }

    [Fact]
    public async Task Line_CoversEveryEqualFindingOfTheMember_AndNoneOfAnother()
    {
        var twice = Sleeps.Replace("Thread.Sleep(name.Length);", "Thread.Sleep(name.Length); Thread.Sleep(name.Length);");
        var lines = await LinesAsync(Sleeps, RuleTestOptions.File);
        Assert.Equal(["AGD0101 | M:Clock.TickAsync(System.String) | Thread.Sleep(name.Length)"], lines);

        Assert.Empty(await FindingsAsync(twice, RuleTestOptions.File, lines));
        Assert.Single(await FindingsAsync(Sleeps.Replace("name.Length", "name.Length + 1"), RuleTestOptions.File, lines));
        Assert.Single(await FindingsAsync(Sleeps.Replace("string name", "System.Uri name").Replace("name.Length", "name.Port"),
            RuleTestOptions.File, lines));
        Assert.Single(await FindingsAsync(Sleeps.Replace("TickAsync", "TockAsync"), RuleTestOptions.File, lines));
    }

    [Theory]
    [InlineData("M:Clock.#ctor", "public Clock() { System.Func<Task> wait = async () => { await Task.Yield(); Thread.Sleep(1); }; }")]
    [InlineData("F:Clock.Wait", "public System.Func<Task> Wait = async () => { await Task.Yield(); Thread.Sleep(1); };")]
    [InlineData("P:Clock.Wait", "public System.Func<Task> Wait => async () => { await Task.Yield(); Thread.Sleep(1); };")]
    [InlineData("P:Clock.Item(System.Int32)", "public Task this[int i] { get { return Run(); async Task Run() { await Task.Yield(); Thread.Sleep(i); } } }")]
    [InlineData("M:Clock.op_Addition(Clock,System.Int32)", "public static Task operator +(Clock a, int b) { return Run(); async Task Run() { await Task.Yield(); Thread.Sleep(b); } }")]
    [InlineData("M:Clock.Get``1(``0[],System.Int32@)", "public Task Get<T>(T[] all, ref int b) { return Run(); async Task Run() { await Task.Yield(); Thread.Sleep(1); } }")]
    [InlineData("M:Clock.System#IAsyncDisposable#DisposeAsync", "async ValueTask System.IAsyncDisposable.DisposeAsync() { await Task.Yield(); Thread.Sleep(1); }", " : System.IAsyncDisposable")]
    [InlineData("M:Clock.Inner`1.Run", "class Inner<T> { public async Task Run() { await Task.Yield(); Thread.Sleep(1); } }")]
    public async Task Member_IsNamedByItsDocumentationId(string id, string member, string bases = "")
    {
        var source = $"public class Clock{bases} {{ {member} }}";

        var line = Assert.Single(await LinesAsync(source, RuleTestOptions.File));

        Assert.Equal(id, BaselineEntry.Parse(line)!.Value.Member);
        await RequireAsync(source, source);
    }

    [Fact]
    public async Task TopLevelCode_HasAMemberOfItsOwn()
    {
        const string source = "await Task.Yield();\nThread.Sleep(args.Length);";

        var lines = await LinesAsync(source, RuleTestOptions.TopLevel);

        Assert.Equal(["AGD0101 | (top-level) | Thread.Sleep(args.Length)"], lines);
        Assert.Empty(await FindingsAsync("using System;\n" + source + " Console.WriteLine();", RuleTestOptions.TopLevel, lines));
    }

    // What is reported for its places is accepted where it stands: places may come and go.
    [Fact]
    public async Task Cause_IsAcceptedByItsOwnMember_AndEachPlaceByItsOwn()
    {
        var before = Causes(4);
        var lines = await LinesAsync(before, RuleTestOptions.File, OfPaths);
        Assert.Equal(
            [
                "AGD0105 | M:Store.Parse | Thread.Sleep(5)",
                .. Enumerable.Range(0, 4).Select(i => $"AGD0112 | M:Pages.Show{i}Async | Store.Load()"),
            ],
            lines.Order(StringComparer.Ordinal));
        Assert.Empty(await RawFindingsAsync(before, lines));

        // Another place is one of its own, and says nothing new of the cause.
        Assert.Equal(["AGD0112"], (await RawFindingsAsync(Causes(5), lines)).Select(diagnostic => diagnostic.Id));
        // The cause is another one where its member is.
        Assert.Equal(["AGD0105"],
            (await RawFindingsAsync(before.Replace("Parse", "Read"), lines)).Select(diagnostic => diagnostic.Id));

        static string Causes(int places) =>
            "static class Store { public static void Load() => Parse(); private static void Parse() => Thread.Sleep(5); }\nclass Pages {\n"
            + string.Concat(Enumerable.Range(0, places).Select(i =>
                $"    async Task Show{i}Async() {{ await Task.Yield(); Store.Load(); }}\n")) + "}";

        static async Task<ImmutableArray<Diagnostic>> RawFindingsAsync(string source, IReadOnlyList<string> lines) =>
            await AnalyzerRun.GetDiagnosticsAsync(OfPaths, Usings + source,
                RuleTestOptions.File with { AdditionalFiles = [("App/AsyncGuardBaseline.txt", string.Join('\n', lines))] });
    }

    [Theory]
    [InlineData("error")]
    [InlineData("suggestion")]
    public async Task Severity_DoesNotCount(string severity)
    {
        var options = RuleTestOptions.File with
        {
            EditorConfig = ImmutableDictionary<string, string>.Empty.Add("dotnet_diagnostic.AGD0101.severity", severity)
        };
        Assert.Single(await FindingsAsync(Sleeps, options, []));

        Assert.Empty(await FindingsAsync(Sleeps, options, await LinesAsync(Sleeps, options)));
    }

    [Theory]
    [InlineData("# AGD0101 | M:Clock.TickAsync(System.String) | Thread.Sleep(name.Length)")]
    [InlineData("AGD0101 | M:Clock.TickAsync(System.String)")]
    [InlineData("AGD0102 | M:Clock.TickAsync(System.String) | Thread.Sleep(name.Length)")]
    [InlineData("")]
    public async Task Line_ThatIsNoEntryOfTheFinding_AcceptsNothing(string line) =>
        Assert.Single(await FindingsAsync(Sleeps, RuleTestOptions.File, [line]));

    private static async Task RequireAsync(string before, string after) =>
        Assert.Empty(await FindingsAsync(after, RuleTestOptions.File, await LinesAsync(before, RuleTestOptions.File)));

    private static Task<IReadOnlyList<string>> LinesAsync(string source, RuleTestOptions options) =>
        LinesAsync(source, options, Analyzers);

    private static async Task<IReadOnlyList<string>> LinesAsync(string source, RuleTestOptions options,
        ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var compilation = AnalyzerRun.Compile(Usings + source, options);
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        var found = await AnalyzerRun.RunAsync(compilation, analyzers, AnalyzerRun.OptionsOf(options));
        return
        [
            .. found.Where(diagnostic => diagnostic.Id.StartsWith("AGD", StringComparison.Ordinal)).Select(diagnostic => BaselineEntry.Of(
                diagnostic, compilation.GetSemanticModel(diagnostic.Location.SourceTree!), default)!.Value.ToString()),
        ];
    }

    private static async Task<ImmutableArray<Diagnostic>> FindingsAsync(string source, RuleTestOptions options, IReadOnlyList<string> lines,
        string end = "\n")
    {
        var text = string.Concat(lines.Select(line => line + end));
        var found = await AnalyzerRun.GetDiagnosticsAsync(Analyzers, Usings + source,
            options with { AdditionalFiles = [("App/AsyncGuardBaseline.txt", text)] });
        Assert.All(found, diagnostic => Assert.Equal("AGD0101", diagnostic.Id));
        return found;
    }
}
