using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Structured;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Plans;

/// <summary>Callers in the projects that reference the one that is fixed: they are bound and looked at as its own.</summary>
public sealed class OtherProjectsTests
{
    private const string Library =
        """
        using System.Threading.Tasks;
        public class Store
        {
            public async void Load() { await Task.Delay(1); }
        }
        """;

    [Theory]
    [InlineData("async Task M(Store s) { s.Load(); await Task.Yield(); }", "async Task M(Store s) { await s.Load(); await Task.Yield(); }")]
    [InlineData("async Task M(Store s) { s.Load(); await Task.Delay(1).ConfigureAwait(false); }",
        "async Task M(Store s) { await s.Load().ConfigureAwait(false); await Task.Delay(1).ConfigureAwait(false); }")]
    // As the rest of their own file does it.
    [InlineData("async Task N() { await Task.Delay(1).ConfigureAwait(false); } async Task M(Store s) { s.Load(); }",
        "async Task N() { await Task.Delay(1).ConfigureAwait(false); } async Task M(Store s) { await s.Load().ConfigureAwait(false); }")]
    [InlineData("async Task M(Store? s) { s?.Load(); await Task.Yield(); }",
        "async Task M(Store? s) { await (s?.Load() ?? Task.CompletedTask); await Task.Yield(); }")]
    public async Task Caller_Awaits(string caller, string expected)
    {
        var actions = await ActionsAsync(Solution(caller));

        var changed = (await Assert.Single(actions).GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single()
            .ChangedSolution;
        var application = changed.Projects.Single(project => project.Name == "App");
        var text = await application.Documents.Single().GetTextAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Application(expected), text.ToString());
        var compilation = await application.GetCompilationAsync(TestContext.Current.CancellationToken);
        Assert.Empty(compilation!.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    [Theory]
    [InlineData("void M(Store s) { s.Load(); }")]
    [InlineData("async Task M(Store s) { lock (s) { s.Load(); } await Task.Yield(); }")]
    [InlineData("async Task M(Store s) { Monitor.Enter(s); try { s.Load(); } finally { Monitor.Exit(s); } await Task.Yield(); }")]
    [InlineData("async Task M(Store s, int[] a) { System.Span<int> x = a; s.Load(); x[0] = 1; await Task.Yield(); }")]
    [InlineData("async IAsyncEnumerable<int> M(Store s) { Action load = s.Load; load(); yield return 1; await Task.Yield(); }")]
    [InlineData("[ThreadStatic] static int _depth; async Task M(Store s) { _depth++; s.Load(); _depth--; await Task.Yield(); }")]
    [InlineData("async System.Threading.Tasks.Task M(Store? s) { s?.Load(); await System.Threading.Tasks.Task.Yield(); } int Task => 1;")]
    public async Task Caller_ThatCannotAwait_LeavesNoFix(string caller) => Assert.Empty(await ActionsAsync(Solution(caller)));

    [Fact]
    public async Task Caller_InALongerFileOfTheSameProject_Awaits()
    {
        var filler = string.Concat(Enumerable.Repeat("// A line that makes the file longer than that of the method.\n", 20));
        var caller = filler + Application("async Task N() { await Task.Delay(1).ConfigureAwait(false); } async Task M(Store s) { s.Load(); }");
        var solution = Solution("");
        var library = solution.Projects.Single(project => project.Name == "Lib");
        var id = DocumentId.CreateNewId(library.Id);
        solution = solution.AddDocument(id, "Caller.cs", SourceText.From(caller), filePath: "/lib/Caller.cs");

        var actions = await ActionsAsync(solution);

        var changed = (await Assert.Single(actions).GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single()
            .ChangedSolution;
        Assert.Equal(caller.Replace("s.Load();", "await s.Load().ConfigureAwait(false);"),
            (await changed.GetDocument(id)!.GetTextAsync(TestContext.Current.CancellationToken)).ToString());
    }

    private static string Application(string member) =>
        $"using System; using System.Collections.Generic; using System.Threading; using System.Threading.Tasks;\nclass C {{ {member} }}";

    // The host would not start: its loop stands in the other project.
    [Theory]
    [InlineData("public Task RunAsync() => Task.Run(async () => { while (true) await Task.Delay(1); });", false)]
    [InlineData("public async Task RunAsync() { while (true) await Task.Delay(1); }", false)]
    [InlineData("public async Task RunAsync() { await Task.Delay(1); }", true)]
    public async Task Work_OfAnotherProjectWithoutEnd_IsNotAwaited(string member, bool isAwaited)
    {
        var library = $"using System.Threading.Tasks; public interface ILoop {{ Task RunAsync(); }} public class Loop : ILoop {{ {member} }}";
        foreach (var type in new[] { "ILoop", "Loop" })
        {
            var solution = Solution($"async Task M({type} l) {{ _ = l.RunAsync(); await Task.Yield(); }}", library);
            var actions = await ActionsAsync(solution, "App", new DiscardedTaskAnalyzer(), new DiscardedTaskFix());
            Assert.Equal(isAwaited, actions.Any(action => action.EquivalenceKey == "AGD0202.Await"));
        }
    }

    private static Solution Solution(string caller, string library = Library)
    {
        var solution = new AdhocWorkspace().CurrentSolution;
        var (libraryId, application) = (ProjectId.CreateNewId("Lib"), ProjectId.CreateNewId("App"));
        foreach (var (id, name, source) in new[] { (libraryId, "Lib", library), (application, "App", Application(caller)) })
        {
            solution = solution.AddProject(ProjectInfo.Create(id, VersionStamp.Default, name, name, LanguageNames.CSharp,
                compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary,
                    nullableContextOptions: NullableContextOptions.Enable),
                parseOptions: new CSharpParseOptions(LanguageVersion.CSharp11),
                metadataReferences: ReferenceAssemblies.Get(ReferenceSet.Net100)))
                .AddDocument(DocumentId.CreateNewId(id), name + ".cs", SourceText.From(source), filePath: $"/{name}/{name}.cs");
        }

        return solution.AddProjectReference(application, new ProjectReference(libraryId));
    }

    private static Task<ImmutableArray<CodeAction>> ActionsAsync(Solution solution) =>
        ActionsAsync(solution, "Lib", new AsyncVoidAnalyzer(), new AsyncVoidFix());

    private static async Task<ImmutableArray<CodeAction>> ActionsAsync(Solution solution, string name, DiagnosticAnalyzer rule,
        CodeFixProvider fix)
    {
        var project = solution.Projects.Single(project => project.Name == name);
        var compilation = await project.GetCompilationAsync(TestContext.Current.CancellationToken);
        var found = await compilation!.WithAnalyzers([rule])
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        var actions = ImmutableArray.CreateBuilder<CodeAction>();
        var diagnostic = Assert.Single(found);
        await fix.RegisterCodeFixesAsync(new CodeFixContext(project.GetDocument(diagnostic.Location.SourceTree)!, diagnostic,
            (action, _) => actions.Add(action), CancellationToken.None));
        return actions.ToImmutable();
    }
}
