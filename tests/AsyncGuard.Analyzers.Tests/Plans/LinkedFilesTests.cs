using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.Fixes.Resources;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using AsyncGuard.Rules.Cancellation;
using AsyncGuard.Rules.Resources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Plans;

/// <summary>One file in the projects of two targets: an action is offered where it binds in both, and both get the same text.</summary>
public sealed class LinkedFilesTests
{
    private const string Path = "/shared/Shared.cs";

    [Theory]
    [InlineData("async Task M(Stream s, byte[] b) { await Task.Yield(); s.Write(b, 0, 1); }",
        "async Task M(Stream s, byte[] b) { await Task.Yield(); await s.WriteAsync(b, 0, 1); }")]
    // Only one of them has the counterpart.
    [InlineData("async Task M() { await Task.Yield(); File.ReadAllText(\"a\"); }", null)]
    // What is switched off in one of them stays out of it.
    [InlineData("async Task M() { await Task.Yield();\n#if NEW\nFile.ReadAllText(\"a\");\n#endif\n}",
        "async Task M() { await Task.Yield();\n#if NEW\nawait File.ReadAllTextAsync(\"a\");\n#endif\n}")]
    // Only one of them has an overload with a token.
    [InlineData("Task<string> Get(HttpClient c, CancellationToken t) { Thread.Sleep(1); return c.GetStringAsync(\"u\"); }", null)]
    public Task Call_IsReplacedInBothOrInNeither(string member, string? expected) =>
        RequireBothAsync(member, expected, new BlockingCallAnalyzer(), new BlockingCallFix());

    [Fact]
    public async Task Token_ThatOneTargetDoesNotTake_IsNotPassed()
    {
        var solution =
            TwoTargets(
            "async Task M(HttpClient c, CancellationToken token) { await Task.Delay(1, token); await c.GetStringAsync(\"u\"); }");

        Assert.Empty(await ActionsAsync(solution, solution.ProjectIds[0], new TokenNotPassedAnalyzer(), new TokenNotPassedFix()));
    }

    [Theory]
    [InlineData("async Task M(Stream s, byte[] b, CancellationToken token) { await s.WriteAsync(b, 0, 1); }",
        "async Task M(Stream s, byte[] b, CancellationToken token) { await s.WriteAsync(b, 0, 1, token); }")]
    // Only one of them has an overload with a token: that call is left without.
    [InlineData("async Task M(HttpClient c, CancellationToken token) { await Task.Delay(1); await c.GetStringAsync(\"u\"); }",
        "async Task M(HttpClient c, CancellationToken token) { await Task.Delay(1, token); await c.GetStringAsync(\"u\"); }")]
    [InlineData("async Task M(HttpClient c, CancellationToken token) { await c.GetStringAsync(\"u\"); }", null)]
    [InlineData("async Task M(CancellationToken token) { while (true) await Task.Yield(); }",
        "async Task M(CancellationToken token) { while (true) { token.ThrowIfCancellationRequested(); await Task.Yield(); } }")]
    // What is switched off in one of them says nothing there.
    [InlineData("async Task M(HttpClient c, CancellationToken token) { await Task.Yield();\n#if NEW\nawait c.GetStringAsync(\"u\");\n#endif\n}",
        "async Task M(HttpClient c, CancellationToken token) { await Task.Yield();\n#if NEW\nawait c.GetStringAsync(\"u\", token);\n#endif\n}")]
    public Task UnusedToken_GoesToWhatTakesItInBoth(string member, string? expected) =>
        RequireBothAsync(member, expected, new UnusedTokenAnalyzer(), new UnusedTokenFix());

    [Fact]
    public async Task FixAllOfUnusedTokens_WritesEachFileOnce()
    {
        var solution = TwoTargets(
            "async Task M(HttpClient c, CancellationToken token) { await Task.Delay(1); await c.GetStringAsync(\"u\"); }\nasync Task N(CancellationToken token) { await Task.Delay(2); }");

        await RequireAsync(
            Source(
                "async Task M(HttpClient c, CancellationToken token) { await Task.Delay(1, token); await c.GetStringAsync(\"u\"); }\nasync Task N(CancellationToken token) { await Task.Delay(2, token); }"),
            await FixAllAsync(solution, new UnusedTokenAnalyzer(), new UnusedTokenFix(), "AGD0302.Forward"));
    }

    [Theory]
    // Only one of them can dispose a file asynchronously.
    [InlineData("async Task M() { using var s = File.OpenWrite(\"a\"); s.WriteByte(1); await Task.Yield(); }", null)]
    [InlineData("async Task M() { using (var s = File.OpenWrite(\"a\")) { s.WriteByte(1); await Task.Yield(); } }", null)]
    [InlineData("async Task M(FileStream s) { await Task.Yield(); s.Dispose(); }", null)]
    [InlineData("async Task M() {\n#if NEW\nusing var s = File.OpenWrite(\"a\"); s.WriteByte(1);\n#endif\nawait Task.Yield(); }",
        "async Task M() {\n#if NEW\nawait using var s = File.OpenWrite(\"a\"); s.WriteByte(1);\n#endif\nawait Task.Yield(); }")]
    // The one without it would be async and have nothing to await.
    [InlineData("Task M() {\n#if NEW\nusing var s = File.OpenWrite(\"a\"); s.WriteByte(1);\n#endif\nreturn Task.CompletedTask; }", null)]
    [InlineData("Task M(FileStream s) {\n#if !OLD\n#if NEW\nConsole.WriteLine(1);\n#endif\n#if NEW\ns.Dispose();\n#endif\n#endif\nreturn Task.CompletedTask; }", null)]
    [InlineData("async Task M(FileStream s) { await Task.Yield();\n#if NEW\ns.Dispose();\n#endif\n}",
        "async Task M(FileStream s) { await Task.Yield();\n#if NEW\nawait s.DisposeAsync();\n#endif\n}")]
    public Task Disposal_IsAsynchronousInBothOrInNeither(string member, string? expected) =>
        RequireBothAsync(member, expected, new SynchronousDisposeAnalyzer(), new SynchronousDisposeFix());

    [Fact]
    public async Task FixAllOfDisposals_WritesEachFileOnce()
    {
        var solution = TwoTargets(
            "async Task M() {\n#if NEW\nusing var s = File.OpenWrite(\"a\"); s.WriteByte(1);\nusing var t = File.OpenWrite(\"b\"); t.WriteByte(1);\n#endif\nawait Task.Yield(); }\nasync Task N() { using var u = File.OpenWrite(\"c\"); u.WriteByte(1); await Task.Yield(); }");

        await RequireAsync(
            Source(
                "async Task M() {\n#if NEW\nawait using var s = File.OpenWrite(\"a\"); s.WriteByte(1);\nawait using var t = File.OpenWrite(\"b\"); t.WriteByte(1);\n#endif\nawait Task.Yield(); }\nasync Task N() { using var u = File.OpenWrite(\"c\"); u.WriteByte(1); await Task.Yield(); }"),
            await FixAllAsync(solution, new SynchronousDisposeAnalyzer(), new SynchronousDisposeFix(), "AGD0505.DisposeAsync"));
    }

    [Fact]
    public async Task FixAll_WritesEachFileOnce()
    {
        var solution =
            TwoTargets(
            "async Task M(Stream s, byte[] b) { await Task.Yield(); s.Write(b, 0, 1);\n#if NEW\ns.Write(b, 0, 2);\n#else\ns.Write(b, 0, 3);\n#endif\n}");

        await RequireAsync(
            Source(
                "async Task M(Stream s, byte[] b) { await Task.Yield(); await s.WriteAsync(b, 0, 1);\n#if NEW\nawait s.WriteAsync(b, 0, 2);\n#else\nawait s.WriteAsync(b, 0, 3);\n#endif\n}"),
            await FixAllAsync(solution, new BlockingCallAnalyzer(), new BlockingCallFix(), "AGD0103.AwaitCounterpart"));
    }

    [Fact]
    public async Task FixAll_WhereNothingIsLeft_ChangesNothing()
    {
        var solution = TwoTargets("async Task M() { await Task.Yield(); }");

        await RequireAsync(Source("async Task M() { await Task.Yield(); }"),
            await FixAllAsync(solution, new BlockingCallAnalyzer(), new BlockingCallFix(), "AGD0103.AwaitCounterpart"));
    }

    [Fact]
    public async Task Lines_EndAsThoseOfTheFile_AndTheEncodingStays()
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true);
        var text = SourceText.From(
            Source(
                "Task M(bool b, Stream s, byte[] x) {\n if (b)\n return Task.Delay(1);\n s.Write(x, 0, 1);\n return Task.CompletedTask; }")
                    .Replace("\n", "\r\n"), encoding);
        var solution = TwoTargets("");
        solution = solution.Projects.SelectMany(project => project.DocumentIds)
            .Aggregate(solution, (changed, id) => changed.WithDocumentText(id, text));

        var actions = await ActionsAsync(solution, solution.ProjectIds[0], new BlockingCallAnalyzer(), new BlockingCallFix());
        var changed =
            await (await ChangedAsync(Assert.Single(actions))).Projects.First().Documents.Single()
            .GetTextAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain('\n', changed.ToString().Replace("\r\n", ""));
        Assert.Equal(encoding, changed.Encoding);
    }

    private static string Source(string member) =>
        $"using System.IO; using System.Net.Http; using System.Threading; using System.Threading.Tasks;\nclass C {{ {member} }}";

    // .NET 10 with NEW, and .NET Standard 2.0
    private static Solution TwoTargets(string member)
    {
        var workspace = new AdhocWorkspace();
        var solution = workspace.CurrentSolution;
        foreach (var (name, references, symbols) in new[] { ("new", ReferenceSet.Net100, new[] { "NEW" }),
            ("old", ReferenceSet.NetStandard20, []) })
        {
            var id = ProjectId.CreateNewId(name);
            solution = solution
                .AddProject(ProjectInfo.Create(id, VersionStamp.Default, name, "Shared", LanguageNames.CSharp,
                compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary),
                    parseOptions: new CSharpParseOptions(LanguageVersion.CSharp10, preprocessorSymbols: symbols),
                        metadataReferences: ReferenceAssemblies.Get(references)))
                .AddDocument(DocumentId.CreateNewId(id), "Shared.cs", SourceText.From(Source(member)), filePath: Path);
        }

        return solution;
    }

    private static async Task<ImmutableArray<Diagnostic>> FindAsync(Project project, DiagnosticAnalyzer analyzer) =>
        await (await project.GetCompilationAsync(TestContext.Current.CancellationToken))!.WithAnalyzers([analyzer])
        .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

    private static async Task<ImmutableArray<CodeAction>> ActionsAsync(Solution solution, ProjectId id, DiagnosticAnalyzer analyzer,
        CodeFixProvider fix)
    {
        var project = solution.GetProject(id)!;
        var actions = ImmutableArray.CreateBuilder<CodeAction>();
        foreach (var diagnostic in await FindAsync(project, analyzer))
            await fix.RegisterCodeFixesAsync(new CodeFixContext(project.Documents.Single(), diagnostic, (action, _) => actions.Add(action),
                CancellationToken.None));
        return actions.ToImmutable();
    }

    private static async Task RequireBothAsync(string member, string? expected, DiagnosticAnalyzer analyzer, CodeFixProvider fix)
    {
        var solution = TwoTargets(member);
        var isOffered = false;
        foreach (var id in solution.ProjectIds)
        {
            foreach (var action in await ActionsAsync(solution, id, analyzer, fix))
            {
                Assert.NotNull(expected);
                await RequireAsync(Source(expected), await ChangedAsync(action));
                isOffered = true;
            }
        }

        Assert.Equal(expected is not null, isOffered);
    }

    private static async Task<Solution> FixAllAsync(Solution solution, DiagnosticAnalyzer analyzer, CodeFixProvider fix, string key)
    {
        var action = await fix.GetFixAllProvider()!.GetFixAsync(new FixAllContext(solution.Projects.First().Documents.Single(), fix,
            FixAllScope.Solution, key, fix.FixableDiagnosticIds, new Found(analyzer), CancellationToken.None));
        Assert.NotNull(action);
        return await ChangedAsync(action);
    }

    private static async Task<Solution> ChangedAsync(CodeAction action) =>
        (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;

    private static async Task RequireAsync(string expected, Solution solution)
    {
        foreach (var document in solution.Projects.SelectMany(project => project.Documents))
            Assert.Equal(expected, (await document.GetTextAsync()).ToString());
    }

    private sealed class Found(DiagnosticAnalyzer analyzer) : FixAllContext.DiagnosticProvider
    {
        public override async Task<System.Collections.Generic.IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document,
            CancellationToken cancellationToken) => await FindAsync(document.Project, analyzer);

        public override Task<System.Collections.Generic.IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project,
            CancellationToken cancellationToken) => Task.FromResult(Enumerable.Empty<Diagnostic>());

        public override async Task<System.Collections.Generic.IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project,
            CancellationToken cancellationToken) => await FindAsync(project, analyzer);
    }
}
