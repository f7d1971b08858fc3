using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Cancellation;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

public sealed partial class SourceNotDisposedTests : RuleTest<SourceNotDisposedAnalyzer, SourceNotDisposedFix>
{
    private const string Helpers =
        """
        Task LoadAsync(CancellationToken token) => Task.Delay(1, token);
        Task<int> CountAsync(string path, CancellationToken token) => Task.FromResult(1);
        IAsyncEnumerable<int> RowsAsync(CancellationToken token) => throw null!;
        Task StartAsync(CancellationToken token) => Task.Delay(1, token);
        void Use(object x) { }
        void Begin(CancellationToken token) { }

        """;

    private static string Method(string body) =>
        Helpers +
        "async Task M(CancellationToken token, TimeSpan time, bool flag, TimeProvider clock, BlockingCollection<int> items)\n{\n    " +
        body + "\n}\n";

    private static readonly RuleTestOptions Options = new() { ExtraUsings = ["System.Collections.Concurrent"] };

    [Theory]
    [InlineData("var s = [|new CancellationTokenSource(1000)|]; await LoadAsync(s.Token);")]
    [InlineData("var s = [|new CancellationTokenSource(time)|]; await LoadAsync(s.Token);")]
    [InlineData("CancellationTokenSource s = [|new(time)|]; await LoadAsync(s.Token);")]
    [InlineData("var s = [|new CancellationTokenSource(time, clock)|]; await LoadAsync(s.Token);")]
    [InlineData("var s = [|CancellationTokenSource.CreateLinkedTokenSource(token)|]; await LoadAsync(s.Token);")]
    [InlineData(
        "var s = [|CancellationTokenSource.CreateLinkedTokenSource(token, default)|]; await LoadAsync(s.Token).ConfigureAwait(false);")]
    [InlineData("var s = [|CancellationTokenSource.CreateLinkedTokenSource(new[] { token })|]; await LoadAsync(s.Token);")]
    [InlineData(
        "var s = [|CancellationTokenSource.CreateLinkedTokenSource(token)|]; s.CancelAfter(time); var n = await CountAsync(\"\", s.Token);")]
    [InlineData("var s = [|new CancellationTokenSource()|]; s.CancelAfter(1000); await LoadAsync(s.Token);")]
    [InlineData("var s = [|new CancellationTokenSource(1000)|]; var t = s.Token; await LoadAsync(t); t.ThrowIfCancellationRequested();")]
    [InlineData("var s = [|new CancellationTokenSource(1000)|]; await Task.WhenAll(LoadAsync(s.Token), LoadAsync(s.Token));")]
    [InlineData("var s = [|new CancellationTokenSource(1000)|]; var work = LoadAsync(s.Token); Use(1); await work;")]
    [InlineData(
        "var s = [|new CancellationTokenSource(1000)|]; var work = LoadAsync(s.Token); if (await Task.WhenAny(work, Task.Delay(1)) == work) Use(1); s.Cancel(); await work;")]
    [InlineData("var s = [|new CancellationTokenSource(1000)|]; await foreach (var row in RowsAsync(s.Token)) Use(row);")]
    [InlineData(
        "var s = [|new CancellationTokenSource(1000)|]; await foreach (var row in RowsAsync(default).WithCancellation(s.Token).ConfigureAwait(false)) Use(row);")]
    [InlineData("var s = [|new CancellationTokenSource(1000)|]; await Task.Run(() => LoadAsync(s.Token));")]
    [InlineData("var s = [|new CancellationTokenSource(1000)|]; await Task.Run(() => Begin(s.Token));")]
    [InlineData(
        "var s = [|new CancellationTokenSource(1000)|]; await Parallel.ForEachAsync(new[] { 1 }, s.Token, async (_, t) => await LoadAsync(t));")]
    [InlineData("var s = [|new CancellationTokenSource(1000)|]; while (!s.IsCancellationRequested) await Task.Delay(1);")]
    [InlineData(
        "var s = [|new CancellationTokenSource(1000)|]; while (!s.Token.IsCancellationRequested) await Task.Delay(1); if (s != null) s?.Cancel();")]
    [InlineData(
        "var s = [|new CancellationTokenSource(1000)|]; using var both = CancellationTokenSource.CreateLinkedTokenSource(token, s.Token); await LoadAsync(both.Token);")]
    [InlineData(
        "var s = [|new CancellationTokenSource(1000)|]; try { await LoadAsync(s.Token); } catch (OperationCanceledException) when (s.IsCancellationRequested) { }")]
    [InlineData("var s = [|new CancellationTokenSource(1000)|]; Use(items.Take(s.Token));")]
    [InlineData("if (flag) { var s = [|new CancellationTokenSource(1000)|]; await LoadAsync(s.Token); }")]
    [InlineData(
        "for (;;) { // wait\n        var s = [|new CancellationTokenSource(1000)|]; // a second\n        await LoadAsync(s.Token);\n    }")]
    [InlineData("Func<Task> f = async () => { var s = [|new CancellationTokenSource(1000)|]; await LoadAsync(s.Token); };")]
    [InlineData("async Task Local() { var s = [|new CancellationTokenSource(1000)|]; await LoadAsync(s.Token); } await Local();")]
    [InlineData(
        "var s = flag ? [|CancellationTokenSource.CreateLinkedTokenSource(token)|] : [|new CancellationTokenSource(1)|]; await LoadAsync(s.Token);",
            true)]
    public Task Source_ThatIsNotDisposed_GetsUsing(string body, bool isMarkedTwice = false)
    {
        _ = isMarkedTwice;
        var written = body.Replace("[|", "").Replace("|]", "");
        var declaration = written.Contains("CancellationTokenSource s") ? "CancellationTokenSource s" : "var s";
        var at = written.IndexOf(declaration, System.StringComparison.Ordinal);
        return Fixes(Method(body), Method(written.Insert(at, "using ")), Options);
    }

    [Fact]
    public Task Source_WithoutAName_GetsOne() => Fixes(
        Helpers +
        """
        async Task M(CancellationToken token)
        {
            // at most a second
            await LoadAsync([|new CancellationTokenSource(1000)|].Token); // here

            var n = await CountAsync("", [|CancellationTokenSource.CreateLinkedTokenSource(token)|].Token);
        }
        async Task<int> R() { return await CountAsync("", [|new CancellationTokenSource(TimeSpan.FromSeconds(1))|].Token); }
        """,
        Helpers +
        """
        async Task M(CancellationToken token)
        {
            // at most a second
            using var source = new CancellationTokenSource(1000);
            await LoadAsync(source.Token); // here

            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(token);
            var n = await CountAsync("", cancellation.Token);
        }
        async Task<int> R() { using var source = new CancellationTokenSource(TimeSpan.FromSeconds(1)); return await CountAsync("", source.Token); }
        """,
        new() { SkipFixAll = true });

    [Theory]
    [InlineData("token = [|CancellationTokenSource.CreateLinkedTokenSource(token)|].Token; await LoadAsync(token);")]
    [InlineData("Begin([|new CancellationTokenSource(1000)|].Token);")]
    [InlineData("Func<Task> f = () => LoadAsync([|new CancellationTokenSource(1000)|].Token);")]
    [InlineData("if (flag) await LoadAsync([|new CancellationTokenSource(1000)|].Token);")]
    [InlineData("CancellationTokenSource s; s = [|new CancellationTokenSource(1000)|]; await LoadAsync(s.Token);")]
    [InlineData("CancellationTokenSource? s = null; s ??= [|new CancellationTokenSource(1000)|]; await LoadAsync(s.Token);")]
    [InlineData(
        "var s = [|new CancellationTokenSource(1000)|]; await LoadAsync(s.Token); s = [|new CancellationTokenSource(1000)|]; await LoadAsync(s.Token);")]
    [InlineData("switch (flag) { case true: var s = [|new CancellationTokenSource(1000)|]; await LoadAsync(s.Token); break; }")]
    public Task Source_ThatCannotSimplyBeUsed_IsReported(string body) => NoFix(Method(body), Options);

    [Theory]
    [InlineData("using var s = new CancellationTokenSource(1000); await LoadAsync(s.Token);")]
    [InlineData("using (var s = new CancellationTokenSource(1000)) await LoadAsync(s.Token);")]
    [InlineData("var s = new CancellationTokenSource(1000); using (s) await LoadAsync(s.Token);")]
    [InlineData("var s = new CancellationTokenSource(1000); try { await LoadAsync(s.Token); } finally { s.Dispose(); }")]
    [InlineData("var s = new CancellationTokenSource(1000); await LoadAsync(s.Token); s?.Dispose();")]
    [InlineData("using var s = flag ? CancellationTokenSource.CreateLinkedTokenSource(token) : null; await LoadAsync(s?.Token ?? token);")]
    [InlineData("var s = flag ? CancellationTokenSource.CreateLinkedTokenSource(token) : null; await LoadAsync(s?.Token ?? token);")]
    [InlineData("var s = new CancellationTokenSource(); await LoadAsync(s.Token); s.Cancel();")]
    [InlineData("var s = new CancellationTokenSource(Timeout.Infinite); await LoadAsync(s.Token);")]
    [InlineData("var s = new CancellationTokenSource(-1); await LoadAsync(s.Token);")]
    [InlineData("var s = new CancellationTokenSource(Timeout.InfiniteTimeSpan); await LoadAsync(s.Token);")]
    [InlineData("var s = CancellationTokenSource.CreateLinkedTokenSource(CancellationToken.None, default); await LoadAsync(s.Token);")]
    [InlineData("var s = new CancellationTokenSource(1000); Use(s);")]
    [InlineData("Use(new CancellationTokenSource(1000));")]
    [InlineData("var all = new List<CancellationTokenSource>(); all.Add(new CancellationTokenSource(1000));")]
    [InlineData("var all = new[] { new CancellationTokenSource(1000) };")]
    [InlineData("var s = new CancellationTokenSource(1000); var other = s; await LoadAsync(other.Token);")]
    [InlineData("var s = new CancellationTokenSource(1000); Begin(s.Token);")]
    [InlineData("var s = new CancellationTokenSource(1000); await StartAsync(s.Token);")]
    [InlineData("var s = new CancellationTokenSource(1000); _ = LoadAsync(s.Token);")]
    [InlineData("var s = new CancellationTokenSource(1000); var work = LoadAsync(s.Token); Use(work); await work;")]
    [InlineData("var s = new CancellationTokenSource(1000); var work = LoadAsync(s.Token); await Task.WhenAny(work, Task.Delay(1));")]
    [InlineData("var s = new CancellationTokenSource(1000); Action a = () => s.Cancel(); Use(a); await LoadAsync(s.Token);")]
    [InlineData("var s = new CancellationTokenSource(1000); Console.CancelKeyPress += (_, _) => s.Cancel(); await LoadAsync(s.Token);")]
    [InlineData("var s = new CancellationTokenSource(1000); void Stop() => s.Cancel(); Stop(); await LoadAsync(s.Token);")]
    [InlineData("var s = new CancellationTokenSource(1000); var t = s.Token; _field = t; await LoadAsync(t);")]
    [InlineData("var s = new CancellationTokenSource(1000); Use(new { s.Token });")]
    [InlineData("var (s, n) = (new CancellationTokenSource(1000), 1); await LoadAsync(s.Token);")]
    [InlineData("IDisposable s = new CancellationTokenSource(1000); s.Dispose();")]
    [InlineData(
        "_ = Task.Run(async () => { await Task.Yield(); }); var s = new CancellationTokenSource(1000); _ = Task.Run(() => LoadAsync(s.Token));")]
    public Task Source_ThatOtherCodeDisposesOrCould_IsSilent(string body) => Silent("CancellationToken _field;\n" + Method(body), Options);

    [Fact]
    public Task Source_BehindATaskThatIsReturned_IsReportedWithoutFix() => NoFix(
        Helpers +
        """
        Task A() { var s = [|new CancellationTokenSource(1000)|]; return LoadAsync(s.Token); }
        Task B(CancellationToken token)
        {
            var s = [|CancellationTokenSource.CreateLinkedTokenSource(token)|];
            s.CancelAfter(1000);
            return LoadAsync(s.Token);
        }
        """);

    [Fact]
    public Task Source_ThatIsReturned_IsSilent() => Silent(
        """
        CancellationTokenSource A() => new CancellationTokenSource(1000);
        CancellationTokenSource B(CancellationToken token) { var s = CancellationTokenSource.CreateLinkedTokenSource(token); s.CancelAfter(1000); return s; }
        void D(out CancellationTokenSource s) { s = new CancellationTokenSource(1000); }
        (CancellationTokenSource, int) E() => (new CancellationTokenSource(1000), 1);
        IEnumerable<CancellationTokenSource> F() { yield return new CancellationTokenSource(1000); }
        CancellationTokenSource P { get; } = new CancellationTokenSource(1000);
        CancellationTokenSource Q => new CancellationTokenSource(1000);
        CancellationToken R(CancellationToken token) { var s = CancellationTokenSource.CreateLinkedTokenSource(token); return s.Token; }
        """);

    [Fact]
    public Task Field_ThatIsNeverDisposed_IsReportedWithoutFix() => NoFix(
        """
        class A
        {
            private readonly CancellationTokenSource _source = [|new CancellationTokenSource(1000)|];
            public CancellationToken Token => _source.Token;
            public void Stop() => this._source.Cancel();
        }
        class B
        {
            private CancellationTokenSource? _source;
            public Task RunAsync(CancellationToken token)
            {
                _source?.Cancel();
                _source = [|CancellationTokenSource.CreateLinkedTokenSource(token)|];
                return Task.Delay(1, _source.Token);
            }
        }
        class D
        {
            private readonly CancellationTokenSource _source;
            public D(CancellationToken token) { _source = [|CancellationTokenSource.CreateLinkedTokenSource(token)|]; }
            public bool IsOver => _source.IsCancellationRequested;
        }
        class E
        {
            private readonly CancellationTokenSource _source;
            public E() { _source = [|new CancellationTokenSource()|]; }
            public CancellationToken Limit() { _source.CancelAfter(1000); return _source.Token; }
        }
        """);

    [Fact]
    public Task Field_ThatIsDisposedOrShared_IsSilent() => Silent(
        """
        class A : IDisposable
        {
            private readonly CancellationTokenSource _source = new(1000);
            public void Dispose() => _source.Dispose();
        }
        class B
        {
            private CancellationTokenSource? _source = new(1000);
            public void Stop() { _source?.Cancel(); _source?.Dispose(); _source = null; }
        }
        class D { protected readonly CancellationTokenSource _source = new(1000); }
        class E { private static readonly CancellationTokenSource Source = new(1000); }
        class F
        {
            private CancellationTokenSource? _source = new(1000);
            public void Stop() { Interlocked.Exchange(ref _source, null)?.Dispose(); }
        }
        class G
        {
            private readonly CancellationTokenSource _source = new(1000);
            public CancellationTokenSource Source => _source;
        }
        class H { private readonly CancellationTokenSource _source = new(); public CancellationToken Token => _source.Token; }
        partial class I { private readonly CancellationTokenSource _source = new(1000); }
        partial class I : IDisposable { public void Dispose() { using (_source) { } } }
        class J
        {
            private CancellationTokenSource _source = new(1000);
            public void Dispose(J other) => other._source.Dispose();
        }
        class K
        {
            private CancellationTokenSource? _source;
            public void Start(CancellationToken token) { var source = CancellationTokenSource.CreateLinkedTokenSource(token); _source = source; }
            public CancellationTokenSource Made(CancellationToken token) => _source ??= CancellationTokenSource.CreateLinkedTokenSource(token);
        }
        """);

    [Fact]
    public Task Source_OfATimeProviderExtension_IsReported() => Reports(
        """
        using System;
        using System.Threading;
        using System.Threading.Tasks;

        class C
        {
            async Task M(TimeProvider clock)
            {
                var s = [|clock.CreateCancellationTokenSource(TimeSpan.FromSeconds(1))|];
                await Task.Delay(1, s.Token);
                var endless = clock.CreateCancellationTokenSource(Timeout.InfiniteTimeSpan);
                await Task.Delay(1, endless.Token);
            }
        }

        namespace System.Threading.Tasks
        {
            public static class TimeProviderTaskExtensions
            {
                public static CancellationTokenSource CreateCancellationTokenSource(this TimeProvider timeProvider, TimeSpan delay) => new(delay, timeProvider);
            }
        }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task OtherTypeOfTheName_IsSilent() => Silent(
        """
        class CancellationTokenSource { public CancellationTokenSource(int time) { } public CancellationToken Token => default; }
        async Task M() { var s = new CancellationTokenSource(1000); await Task.Delay(1, s.Token); }
        """);

    [Fact]
    public Task ExpressionTree_IsSilent() => Silent(
        """
        System.Linq.Expressions.Expression<Func<CancellationToken>> e = () => new CancellationTokenSource(1000).Token;
        """);

    [Fact]
    public Task GeneratedCode_IsSilent() => Silent(
        """
        // <auto-generated/>
        class C { System.Threading.CancellationToken T => new System.Threading.CancellationTokenSource(1).Token; }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task TopLevelProgram_IsReported() => Fixes(
        """
        using System.Threading;
        using System.Threading.Tasks;

        var source = [|new CancellationTokenSource(1000)|];
        await Task.Delay(1, source.Token);
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;

        using var source = new CancellationTokenSource(1000);
        await Task.Delay(1, source.Token);
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task OldLanguage_IsReportedWithoutFix() => NoFix(
        "async Task M() { var s = [|new CancellationTokenSource(1000)|]; await Task.Delay(1, s.Token); }",
        new() { References = ReferenceSet.NetStandard20, LanguageVersion = LanguageVersion.CSharp7_3 });

    [Fact]
    public Task Generic_Property_Constructor_AreReported() => Reports(
        """
        class Box<T>
        {
            async Task<T> M(Func<CancellationToken, Task<T>> get) { var s = [|new CancellationTokenSource(1000)|]; return await get(s.Token); }
            bool P { get { var s = [|new CancellationTokenSource(1000)|]; return s.IsCancellationRequested; } }
            Box() { var s = [|new CancellationTokenSource(1000)|]; s.Token.WaitHandle.WaitOne(); }
        }
        """);

    [Fact]
    public Task Program_WhoseSourceIsDisposed_DoesTheSame() => FixesAndRuns(
        """
        static async Task<int> RunAsync(CancellationToken token)
        {
            var limit = [|CancellationTokenSource.CreateLinkedTokenSource(token)|];
            limit.CancelAfter(TimeSpan.FromMinutes(1));
            return await Probe.CountAsync("a", 2, limit.Token);
        }
        """,
        """
        static async Task<int> RunAsync(CancellationToken token)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
            limit.CancelAfter(TimeSpan.FromMinutes(1));
            return await Probe.CountAsync("a", 2, limit.Token);
        }
        """);
}
