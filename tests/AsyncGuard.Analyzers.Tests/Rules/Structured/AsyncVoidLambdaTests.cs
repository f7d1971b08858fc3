using System.Threading.Tasks;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Structured;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed partial class AsyncVoidLambdaTests : RuleTest<AsyncVoidLambdaAnalyzer, AsyncVoidLambdaFix>
{
    private const string Run =
        "Task RunAsync(int i = 0) => Task.Delay(i); void Act(Action a) { } void Act1(Action<int> a) { } void Use(object? o) { } event Action? Changed; event EventHandler? Clicked; Action? _action;\n";

    // Reported

    [Theory]
    [InlineData("items.ForEach([|async i => await RunAsync(i)|]);")]
    [InlineData("Array.ForEach(items.ToArray(), [|async i => await RunAsync(i)|]);")]
    [InlineData("Parallel.ForEach(items, [|async i => await RunAsync(i)|]);")]
    [InlineData("Parallel.For(0, 3, [|async i => await RunAsync(i)|]);")]
    [InlineData("Parallel.Invoke([|async () => await RunAsync()|], [|async () => await RunAsync()|]);")]
    [InlineData("using var timer = new Timer([|async _ => await RunAsync()|], null, 0, 10);")]
    [InlineData("new Thread([|async () => await RunAsync()|]).Start();")]
    [InlineData("ThreadPool.QueueUserWorkItem([|async _ => await RunAsync()|]);")]
    [InlineData("Act([|async () => await RunAsync()|]);")]
    [InlineData("Act([|async () => { await RunAsync(); }|]);")]
    [InlineData("Act([|async delegate { await RunAsync(); }|]);")]
    [InlineData("Act1([|async (int i) => await RunAsync(i)|]);")]
    [InlineData("Action a = [|async () => await RunAsync()|]; a();")]
    [InlineData("var a = (Action)([|async () => await RunAsync()|]); a();")]
    [InlineData("var a = new Action([|async () => await RunAsync()|]); a();")]
    [InlineData("_action = [|async () => await RunAsync()|];")]
    [InlineData("CancellationToken.None.Register([|async () => await RunAsync()|]);")]
    [InlineData("var p = new Progress<int>([|async i => await RunAsync(i)|]); Use(p);")]
    [InlineData("SynchronizationContext.Current!.Post([|async _ => await RunAsync()|], null);")]
    [InlineData("Act([|Later|]); async void Later() => await RunAsync();")]
    [InlineData("items.ForEach([|Save|]); async void Save(int i) => await RunAsync(i);")]
    [InlineData("Act(() => items.ForEach([|async i => await RunAsync(i)|]));")]
    public Task Async_AsVoidDelegate_IsReported(string body) => Reports(Run + $"void M(List<int> items) {{ {body} }}");

    [Fact]
    public Task Async_InEveryKindOfMember_IsReported() => Reports(
        Run +
        """
        C() { Act([|async () => await RunAsync()|]); }
        int P { get { Act([|async () => await RunAsync()|]); return 1; } }
        Action E => [|async () => await RunAsync()|];
        static Action F = [|async () => await Task.Yield()|];
        Action L() => [|async () => await RunAsync()|];
        async Task G<T>(List<T> items, Func<T, Task> f) { await Task.Yield(); items.ForEach([|async i => await f(i)|]); }
        void N() { Local(); void Local() => Act([|async () => await RunAsync()|]); }
        Dictionary<int, Action> D() => new() { [1] = [|async () => await RunAsync()|] };
        """);

    [Fact]
    public Task Async_InTopLevelProgram_IsReported() => Reports(
        """
        using System.Linq;
        using System.Threading.Tasks;
        args.ToList().ForEach([|async arg => await Task.Delay(arg.Length)|]);
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task Async_InOldCSharp_IsReported() => Reports(
        "void M(List<int> items) { items.ForEach([|async i => await Task.Delay(i)|]); }",
        RuleTestOptions.Default with { LanguageVersion = LanguageVersion.CSharp7_3 });

    // Silent

    [Theory]
    [InlineData("Changed += async () => await RunAsync();")]
    [InlineData("Changed += (async () => await RunAsync());")]
    [InlineData("Changed += new Action(async () => await RunAsync());")]
    [InlineData("Clicked += async (sender, e) => await RunAsync();")]
    [InlineData("Clicked += async delegate { await RunAsync(); };")]
    [InlineData("_action += async () => await RunAsync();")]
    [InlineData("Action refresh = async () => await RunAsync(); Changed += refresh;")]
    [InlineData("EventHandler handler = async (sender, e) => await RunAsync(); Use(handler);")]
    [InlineData("Subscribe(async (sender, e) => await RunAsync());")]
    [InlineData("Changed += Later; async void Later() => await RunAsync();")]
    [InlineData("Changed -= Later; async void Later() => await RunAsync();")]
    public Task Handler_IsSilent(string body) => Silent(Run + $"void Subscribe(EventHandler<EventArgs> h) {{ }} void M() {{ {body} }}");

    [Theory]
    [InlineData("Later(async () => await RunAsync());")]
    [InlineData("Func<Task> f = async () => await RunAsync(); Use(f);")]
    [InlineData("Func<int, ValueTask> f = async i => await RunAsync(i); Use(f);")]
    [InlineData("Use(items.Select(async i => await RunAsync(i)));")]
    [InlineData("Use(Task.Run(async () => await RunAsync()));")]
    [InlineData("Use(Task.Factory.StartNew(async () => await RunAsync()));")]
    [InlineData("Use(RunAsync().ContinueWith(async t => await t));")]
    [InlineData("Use(Parallel.ForEachAsync(items, async (i, _) => await RunAsync(i)));")]
    [InlineData("items.ForEach(i => Use(i));")]
    [InlineData("Act(() => Use(1));")]
    [InlineData("var f = async () => await RunAsync(); Use(f);")]
    [InlineData("Both(async () => await RunAsync());")]
    [InlineData("Use(nameof(Handle));")]
    public Task Delegate_ThatIsAwaitableOrSynchronous_IsSilent(string body) => Silent(
        Run +
            $"void Later(Func<Task> f) {{ }} void Both(Action a) {{ }} void Both(Func<Task> f) {{ }} async void Handle() => await RunAsync(); void M(List<int> items) {{ {body} }}");

    [Fact]
    public Task Handler_OfFrameworkArguments_IsSilent() =>
    Silent(Run +
    "delegate void Routed(object sender, RoutedEventArgs e); class RoutedEventArgs { } void M() { Routed r = async (s, e) => await RunAsync(); Use(r); }");

    // Fixed

    [Theory]
    [InlineData("items.ForEach([|async i => await RunAsync(i)|]);", "foreach (var i in items)\n        await RunAsync(i);")]
    [InlineData("// all\n    items.ForEach([|async (int i) => await RunAsync(i)|]); // done",
        "// all\n    foreach (int i in items)\n        await RunAsync(i); // done")]
    [InlineData("items.ForEach([|async i =>\n    {\n        // one\n        if (i < 0) return;\n        await RunAsync(i);\n    }|]);",
        "foreach (var i in items)\n    {\n        // one\n        if (i < 0) continue;\n        await RunAsync(i);\n    }")]
    [InlineData("Array.ForEach(items.ToArray(), [|async i => await RunAsync(i)|]);",
        "foreach (var i in items.ToArray())\n        await RunAsync(i);")]
    [InlineData("Parallel.ForEach(items, [|async i => await RunAsync(i)|]);",
        "await Parallel.ForEachAsync(items, async (i, _) => await RunAsync(i));")]
    [InlineData("Parallel.ForEach(items, [|async i =>\n    {\n        await RunAsync(i);\n    }|]);",
        "await Parallel.ForEachAsync(items, async (i, _) =>\n    {\n        await RunAsync(i);\n    });")]
    [InlineData("Parallel.ForEach(items, new ParallelOptions { MaxDegreeOfParallelism = 2 }, [|async i => await RunAsync(i)|]);",
        "await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (i, _) => await RunAsync(i));")]
    public Task Loop_BecomesAwaitable(string body, string expected) => Fixes(
        Run + $"async Task M(List<int> items)\n{{\n    await Task.Yield();\n    {body}\n}}",
        Run + $"async Task M(List<int> items)\n{{\n    await Task.Yield();\n    {expected}\n}}");

    [Fact]
    public Task Loop_InTaskReturningMethod_MakesItAsync() => Fixes(
        Run + "Task M(List<int> items)\n{\n    items.ForEach([|async i => await RunAsync(i)|]);\n    return Task.CompletedTask;\n}",
        Run + "async Task M(List<int> items)\n{\n    foreach (var i in items)\n        await RunAsync(i);\n}");

    [Fact]
    public Task Loop_WithTokenInScope_PassesIt() => Fixes(
        Run +
            "async Task M(List<int> items, CancellationToken token) { await Task.Yield(); Parallel.ForEach(items, [|async i => await RunAsync(i)|]); }",
        Run +
            "async Task M(List<int> items, CancellationToken token) { await Task.Yield(); await Parallel.ForEachAsync(items, token, async (i, _) => await RunAsync(i)); }");

    [Fact]
    public Task Loop_InParallel_GivesItsTokenToWhatItAwaits() => Fixes(
        """
        async Task M(List<string> paths, CancellationToken token)
        {
            await Task.Yield();
            Parallel.ForEach(paths, [|async path => await File.ReadAllTextAsync(path)|]);
            Parallel.ForEach(paths, [|async (string path) =>
            {
                // each
                await File.WriteAllTextAsync(path, await File.ReadAllTextAsync(path, token));
                await Task.Delay(1, CancellationToken.None);
            }|]);
        }
        """,
        """
        async Task M(List<string> paths, CancellationToken token)
        {
            await Task.Yield();
            await Parallel.ForEachAsync(paths, token, async (path, ct) => await File.ReadAllTextAsync(path, ct));
            await Parallel.ForEachAsync(paths, token, async (string path, CancellationToken ct) =>
            {
                // each
                await File.WriteAllTextAsync(path, await File.ReadAllTextAsync(path, ct), ct);
                await Task.Delay(1, CancellationToken.None);
            });
        }
        """);

    [Fact]
    public Task Loops_Several_AreFixedTogether() => Fixes(
        Run +
            "async Task M(List<int> a, List<int> b) { await Task.Yield(); a.ForEach([|async i => await RunAsync(i)|]); b.ForEach([|async i => { await RunAsync(i); }|]); }",
        Run +
            "async Task M(List<int> a, List<int> b) { await Task.Yield(); foreach (var i in a) await RunAsync(i); foreach (var i in b) { await RunAsync(i); } }");

    [Theory]
    [InlineData("void M(List<int> items) { items.ForEach([|async i => await RunAsync(i)|]); }")]
    [InlineData("async Task M(List<int> items) { await Task.Yield(); Act([|async () => await RunAsync()|]); }")]
    [InlineData("async Task M(List<int> items) { await Task.Yield(); new Thread([|async () => await RunAsync()|]).Start(); }")]
    [InlineData(
        "async Task M(List<int> items) { await Task.Yield(); items.ForEach([|async i => { while (true) { if (i > 0) return; await RunAsync(i); } }|]); }")]
    [InlineData("async Task M(List<int> items, int i) { await Task.Yield(); items?.ForEach([|async j => await RunAsync(j)|]); }")]
    [InlineData("async Task M(List<int> items) { await Task.Yield(); lock (items) items.ForEach([|async i => await RunAsync(i)|]); }")]
    [InlineData(
        "async Task M(List<int> items) { await Task.Yield(); var done = Parallel.ForEach(items, [|async i => await RunAsync(i)|]).IsCompleted; }")]
    [InlineData(
        "async Task M(List<int> items) { await Task.Yield(); items.ForEach([|Save|]); async void Save(int i) => await RunAsync(i); }")]
    [InlineData(
        "async Task M(List<int> items) { await Task.Yield(); items.ForEach([|async i => { await RunAsync(i); items.Add(i); }|]); }")]
    public Task Delegate_WithoutAwaitableForm_HasNoFix(string member) => NoFix(Run + member);

    [Fact]
    public Task Loop_FixedRuns_OneByOne() => FixesAndRuns(
        """
        async Task<int> RunAsync()
        {
            await Task.Yield();
            new List<string> { "a", "b" }.ForEach([|async name => await Probe.WorkAsync(name)|]);
            return 3;
        }
        """,
        """
        async Task<int> RunAsync()
        {
            await Task.Yield();
            foreach (var name in new List<string> { "a", "b" })
                await Probe.WorkAsync(name);
            return 3;
        }
        """);

    [Fact]
    public Task Loop_FixedRuns_InParallel() => FixesAndRuns(
        """
        async Task<int> RunAsync()
        {
            await Task.Yield();
            Parallel.ForEach(new[] { "a", "b", "c" }, [|async name => await Probe.WorkAsync(name)|]);
            return 3;
        }
        """,
        """
        async Task<int> RunAsync()
        {
            await Task.Yield();
            await Parallel.ForEachAsync(new[] { "a", "b", "c" }, async (name, ct) => await Probe.WorkAsync(name, ct));
            return 3;
        }
        """);

    // What the body returns is not known, so neither is the overload.
    [Fact]
    public async Task LambdaWithErrors_IsSilent()
    {
        const string source =
            "using System; using System.Threading.Tasks; class C { void On(Action<int> a) { } void M() => On(async i => await Missing(i)); }";
        Assert.Empty(
            await AnalyzerRun.GetDiagnosticsAsync([new AsyncVoidLambdaAnalyzer()], source, RuleTestOptions.File));
    }
}
