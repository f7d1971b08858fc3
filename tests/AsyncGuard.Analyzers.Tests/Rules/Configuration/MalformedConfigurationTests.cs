using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using AsyncGuard.Rules.Configuration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Configuration;

public sealed class MalformedConfigurationTests
{
    private const string Legacy =
        """
        namespace Legacy;

        public class Db
        {
            public string Load(int id) => "";
            public string Load(string name) => "";
            public string Query(int id) => "";
            public System.Threading.Tasks.Task<string> FetchAsync(int id) => System.Threading.Tasks.Task.FromResult("");
            public string Slow => "";
            public Db() { }
            public Db(string host) { }
        }

        public class Derived : Db { }
        """;

    [Theory]
    [InlineData("T:A.B; sleepy", "'sleepy' is not a trait")]
    [InlineData("T:A.B; blocks none", "'none' is not a trait")]
    [InlineData("T:A.B", "expected 'documentation id; traits; answer'")]
    [InlineData("T:A.B; ", "expected at least one trait")]
    [InlineData("M:A; blocks", "expected a documentation id such as 'M:System.Threading.Thread.Sleep(System.Int32)'")]
    [InlineData("M:A.B(; blocks", "expected a documentation id such as 'M:System.Threading.Thread.Sleep(System.Int32)'")]
    [InlineData(";;", "expected at least one trait")]
    [InlineData(";;;;", "expected 'documentation id; traits; answer'")]
    [InlineData("\0\u2028; blocks", "expected a documentation id such as 'M:System.Threading.Thread.Sleep(System.Int32)'")]
    public async Task Line_ThatCannotBeRead_IsReportedAtItsPlace(string line, string problem)
    {
        var finding = Assert.Single(await RunAsync("class C { }", ("AsyncGuard.Legacy.txt", $"# ours\n\n{line}\nT:A.B; blocks\n")));

        Assert.Equal("AGD0901", finding.Id);
        Assert.Equal($"Line 3 of 'AsyncGuard.Legacy.txt' cannot be read and is ignored: {problem}", finding.GetMessage());
        var span = finding.Location.GetLineSpan();
        Assert.EndsWith("AsyncGuard.Legacy.txt", span.Path);
        Assert.Equal(2, span.StartLinePosition.Line);
        Assert.Equal(DiagnosticSeverity.Warning, finding.Severity);
    }

    [Theory]
    [InlineData("M:Legacy.Db.Laod(*); blocks", "'Db' has no member 'Laod' of this kind")]
    [InlineData("P:Legacy.Db.Load; blocks", "'Db' has no member 'Load' of this kind")]
    [InlineData("M:Legacy.Db.Load(System.Int64); blocks", "no overload of 'Load' takes '(System.Int64)'")]
    [InlineData("M:Legacy.Db.Load; blocks", "no overload of 'Load' is without parameters; '(*)' stands for all")]
    [InlineData("M:Legacy.Derived.Load(*); blocks", "'Load' is declared by 'Legacy.Db'")]
    [InlineData("M:Legacy.Bd.Load(*); none", "there is no type 'Bd' in the namespace 'Legacy'")]
    [InlineData("T:Legacy.Db.Inner; in-memory", "'Legacy.Db' has no type 'Inner'")]
    [InlineData("M:System.IO.File.ReedAllText(*); none", "'File' has no member 'ReedAllText' of this kind")]
    [InlineData("M:System.Threading.Thred.Sleep(*); none", "there is no type 'Thred' in the namespace 'System.Threading'")]
    public async Task Id_ThatNamesNothing_AlthoughItsNamespaceExists_IsReportedAtItsPlace(string line, string problem)
    {
        var finding = Assert.Single(await RunAsync(Legacy, ("AsyncGuard.Legacy.txt", $"# ours\n{line}\nM:Legacy.Db.Load(*); completes")));

        Assert.Equal($"Line 2 of 'AsyncGuard.Legacy.txt' cannot be read and is ignored: {problem}", finding.GetMessage());
        Assert.Equal(1, finding.Location.GetLineSpan().StartLinePosition.Line);
    }

    [Theory]
    [InlineData("M:Legacy.Db.L*(*); blocks")]
    [InlineData("M:Legacy.Db.#ctor(*); blocks")]
    [InlineData("M:Legacy.Db.#ctor(System.String); blocks")]
    [InlineData("P:Legacy.Db.Slow; blocks")]
    [InlineData("T:Legacy.Derived; in-memory")]
    [InlineData("M:Legacy.Elsewhere.Db.Load(*); blocks")]
    [InlineData("T:System.Collections.Generic.Dictionary`2.Enumerator; in-memory")]
    [InlineData("M:System.Threading.Tasks.Task.FromResult``1(``0); none")]
    public async Task Id_OfSomething_OrOfAnUnknownNamespace_IsSilent(string line) =>
    Assert.Empty(await RunAsync(Legacy, ("AsyncGuard.Legacy.txt", line)));

    // Whichever rule would name the member: blocking, dropped, discarded, without its token, created, and on the way to a blocking call.
    [Theory]
    [InlineData("System.IO.File.ReadAllText(\"a\");", "M:System.IO.File.ReadAllText(*); none", "AGD0103")]
    [InlineData("_ = Work.SendAsync(0);", "M:Work.SendAsync(*); none", "AGD0202 AGD0301")]
    [InlineData("await Work.SendAsync(0);", "M:Work.SendAsync(*); none", "AGD0301")]
    [InlineData("await Work.SendAsync(0).ConfigureAwait(false);", "M:Work.SendAsync(*); none", "AGD0301")]
    [InlineData("Work.Read();", "M:Work.Read; none", "AGD0105")]
    [InlineData("Work.Through();", "M:Work.Read; none", "AGD0105")]
    [InlineData("using var client = new System.Net.Http.HttpClient(); await client.GetStringAsync(\"a\", token);",
        "M:System.Net.Http.HttpClient.#ctor(*); none", "AGD0501")]
    [InlineData("new System.Threading.SpinWait().SpinOnce();", "M:System.Threading.SpinWait.SpinOnce(*); none", "")]
    public async Task None_SilencesEveryRule_ThatWouldNameTheMember(string statement, string line, string without)
    {
        var code = $$"""
            using System.Threading;
            using System.Threading.Tasks;

            class C { async Task M(CancellationToken token) { await Task.Delay(1, token); {{statement}} } }

            public static class Work
            {
                public static Task SendAsync(int id, CancellationToken token = default) => Task.Delay(id, token);
                public static void Through() => Read();
                public static void Read() { var text = System.IO.File.ReadAllText("a"); System.Console.Write(text); }
            }
            """;

        Assert.Equal(without, string.Join(' ', (await RunAllAsync(code)).Select(finding => finding.Id).Order()));
        Assert.Empty(await RunAllAsync(code, ("AsyncGuard.Ours.txt", line)));
    }

    [Fact]
    public async Task Lines_ThatCannotBeRead_AreReportedOneByOne_AndTheRestCounts()
    {
        var findings = await RunAsync(
            Legacy +
                "class C { async System.Threading.Tasks.Task M(Legacy.Db db) { db.Load(1); await System.Threading.Tasks.Task.Yield(); } }",
            ("AsyncGuard.A.txt", "x\nM:Legacy.Db.Load(*); blocks\ny"),
            ("AsyncGuard.B.txt", "z"));

        Assert.Equal(["AGD0104", "AGD0901", "AGD0901", "AGD0901"], findings.Select(finding => finding.Id).Order());
    }

    [Theory]
    [InlineData("AsyncGuard.Legacy.md")]
    [InlineData("Legacy.txt")]
    [InlineData("AsyncGuard.txt")]
    [InlineData("MyAsyncGuard.Legacy.txt")]
    public async Task File_OfAnotherName_IsSilent(string name) => Assert.Empty(await RunAsync("class C { }", (name, "nonsense")));

    [Theory]
    [InlineData("")]
    [InlineData("\n\r\n   \n")]
    [InlineData("# nothing but a comment")]
    [InlineData("M:Gone.Type.Member(*); blocks")]
    [InlineData("T:System.IO.MemoryStream; none")]
    [InlineData("M:System.Threading.Thread.Join(*); blocks; DoesNotExist")]
    public async Task File_WithoutMistake_IsSilent(string text) =>
    Assert.Empty(await RunAsync("class C { }", ("AsyncGuard.Legacy.txt", text)));

    [Theory]
    [InlineData("asyncguard_task_observer", "Track",
        "Option 'asyncguard_task_observer' cannot be read and is ignored: there is no such option")]
    [InlineData("asyncguard_task_observers", "Track, 5",
        "Option 'asyncguard_task_observers' cannot be read and is ignored: expected names of methods, separated by ',' or '|'")]
    public async Task Option_ThatCannotBeRead_IsReportedOnce(string option, string value, string message)
    {
        foreach (var options in new[] { RuleTestOptions.File with { EditorConfig = RuleTestOptions.File.EditorConfig.Add(option, value) },
            RuleTestOptions.File with { GlobalConfig = RuleTestOptions.File.GlobalConfig.Add(option, value) } })
        {
            var findings =
                await AnalyzerRun.GetDiagnosticsAsync([new MalformedConfigurationAnalyzer()], "class C { }",
                options with { OtherFiles = [("B.cs", "class D { }")] });
            Assert.Equal(message, Assert.Single(findings).GetMessage());
        }
    }

    [Theory]
    [InlineData("asyncguard_task_observers", "Track, RunInBackground | Forget")]
    [InlineData("dotnet_code_quality.asyncguard", "x")]
    public async Task Option_ThatIsRead_IsSilent(string option, string value) =>
        Assert.Empty(
        await AnalyzerRun.GetDiagnosticsAsync([new MalformedConfigurationAnalyzer()], "class C { }",
            RuleTestOptions.File with { EditorConfig = RuleTestOptions.File.EditorConfig.Add(option, value) }));

    [Theory]
    [InlineData("db.Load(1);", "M:Legacy.Db.Load(System.Int32); blocks", "AGD0104")]
    [InlineData("db.Load(\"a\");", "M:Legacy.Db.Load(System.Int32); blocks", "")]
    [InlineData("db.Load(\"a\");", "M:Legacy.Db.Load(*); blocks", "AGD0104")]
    [InlineData("new Legacy.Derived().Load(1);", "M:Legacy.Db.Load(*); blocks", "AGD0104")]
    [InlineData("db.Query(1);", "M:Legacy.Db.Query(System.Int32); blocks; FetchAsync", "AGD0103")]
    [InlineData("_ = db.Slow;", "P:Legacy.Db.Slow; blocks", "AGD0104")]
    [InlineData("new Legacy.Db(\"host\");", "M:Legacy.Db.#ctor(System.String); blocks", "AGD0104")]
    [InlineData("new Legacy.Db();", "M:Legacy.Db.#ctor(System.String); blocks", "")]
    [InlineData("System.Console.ReadLine();", "", "AGD0104")]
    [InlineData("System.Console.ReadLine();", "M:System.Console.ReadLine; none", "")]
    [InlineData("System.Console.ReadLine();", "M:System.Console.ReadLine(*); completes", "")]
    [InlineData("System.Console.ReadLine();", "M:System.Console.Read*(*); none", "")]
    [InlineData("System.Console.ReadLine();", "M:System.Console.ReadKey(*); none", "AGD0104")]
    [InlineData("System.IO.File.ReadAllText(\"a\");", "M:System.IO.File.ReadAllText(*); no-twin", "")]
    [InlineData("System.IO.File.ReadAllText(\"a\");", "M:System.IO.File.ReadAllText(System.String); no-twin", "")]
    [InlineData("System.IO.File.ReadAllText(\"a\", System.Text.Encoding.UTF8);", "M:System.IO.File.ReadAllText(System.String); no-twin",
        "AGD0103")]
    [InlineData("new System.IO.MemoryStream().Flush();", "T:System.IO.MemoryStream; none", "AGD0103")]
    [InlineData("System.Threading.Tasks.Task.Run(() => System.Console.ReadLine());", "M:System.Threading.Tasks.Task.Run(*); none", "")]
    public async Task Entry_OfTheProject_AddsAndTakesAway(string statement, string line, string expected)
    {
        var code = Legacy +
            $"\nclass C {{ async System.Threading.Tasks.Task M(Legacy.Db db) {{ {statement} await System.Threading.Tasks.Task.Yield(); }} }}";
        var findings = await RunAsync(code, ("AsyncGuard.Legacy.txt", line));

        Assert.Equal(expected.Length == 0 ? [] : new[] { expected }, findings.Select(finding => finding.Id));
    }

    [Fact]
    public async Task Entries_OfOneCompilation_DoNotReachAnother()
    {
        const string code =
            "class C { async System.Threading.Tasks.Task M() { System.Console.ReadLine(); await System.Threading.Tasks.Task.Yield(); } }";

        Assert.Empty(await RunAsync(code, ("AsyncGuard.A.txt", "M:System.Console.ReadLine; none")));
        Assert.Single(await RunAsync(code));
    }

    private static async Task<IReadOnlyList<Diagnostic>> RunAllAsync(string code, params (string Path, string Text)[] files)
    {
        var findings = await AnalyzerRun.GetDiagnosticsAsync(All(), code, RuleTestOptions.File with { AdditionalFiles = [.. files] });
        return [.. findings.Where(finding => finding.Id.StartsWith("AGD", StringComparison.Ordinal))];
    }

    private static ImmutableArray<DiagnosticAnalyzer> All() =>
    [
        .. typeof(MalformedConfigurationAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(DiagnosticAnalyzer)))
            .Where(type => !type.IsAssignableTo(typeof(DiagnosticSuppressor)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    private static async Task<IReadOnlyList<Diagnostic>> RunAsync(string code, params (string Path, string Text)[] files) =>
        [.. await AnalyzerRun.GetDiagnosticsAsync(
            [new MalformedConfigurationAnalyzer(), new BlockingPrimitiveAnalyzer(), new BlockingCallAnalyzer()],
            code,
            RuleTestOptions.File with { AdditionalFiles = [.. files] })];
}
