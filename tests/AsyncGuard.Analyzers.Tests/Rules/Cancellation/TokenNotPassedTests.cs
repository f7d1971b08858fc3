using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Cancellation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

/// <summary>What AGD0301 reports. Which token it names, what it is silent on, and what its fix writes stand in the other parts.</summary>
public sealed partial class TokenNotPassedTests : RuleTest<TokenNotPassedAnalyzer, TokenNotPassedFix>
{
    private static readonly RuleTestOptions Web =
        new() { References = ReferenceSet.AspNetCore, ExtraUsings = ["Microsoft.AspNetCore.Http"] };

    private static readonly RuleTestOptions WithGroups = new() { Stubs = [Stubs.AsyncGuardRuntime], ExtraUsings = ["AsyncGuard"] };

    [Fact]
    public Task OptionalParameter_Omitted_IsReported() => Fixes(
        """
        Task LoadAsync(int id, CancellationToken cancellationToken = default) => Task.CompletedTask;
        Task M(CancellationToken token) => [|LoadAsync|](1);
        """,
        """
        Task LoadAsync(int id, CancellationToken cancellationToken = default) => Task.CompletedTask;
        Task M(CancellationToken token) => LoadAsync(1, token);
        """);

    [Fact]
    public Task Pipe_Flushed_IsReported() => Reports(
        """
        async Task M(System.IO.Pipelines.PipeWriter writer, System.Buffers.ArrayBufferWriter<byte> buffer, CancellationToken token)
        {
            try
            {
                writer.Advance(1);
                await writer.[|FlushAsync|]();
                await writer.[|WriteAsync|](buffer.WrittenMemory);
            }
            finally
            {
                await writer.CompleteAsync();
            }
        }
        """);

    [Fact]
    public Task Overload_InSameClass_IsReported() => Fixes(
        """
        async Task M(CancellationToken token)
        {
            await Task.[|Delay|](100);
        }
        """,
        """
        async Task M(CancellationToken token)
        {
            await Task.Delay(100, token);
        }
        """);

    [Fact]
    public Task Overload_InBaseClass_IsReported() => Fixes(
        """
        public class Base { public Task SaveAsync(int x, CancellationToken token) => Task.CompletedTask; }
        public class Derived : Base { public Task SaveAsync(int x) => Task.CompletedTask; }
        Task M(Derived d, CancellationToken token) => d.[|SaveAsync|](1);
        """,
        """
        public class Base { public Task SaveAsync(int x, CancellationToken token) => Task.CompletedTask; }
        public class Derived : Base { public Task SaveAsync(int x) => Task.CompletedTask; }
        Task M(Derived d, CancellationToken token) => d.SaveAsync(1, token);
        """);

    [Fact]
    public Task Overload_InDerivedReceiver_IsReported() => Reports(
        """
        public class Base { public Task SaveAsync() => Task.CompletedTask; }
        public class Derived : Base { public Task SaveAsync(CancellationToken token) => Task.CompletedTask; }
        Task M(Derived d, CancellationToken token) => d.[|SaveAsync|]();
        Task N(Base b, CancellationToken token) => b.SaveAsync();
        """);

    [Fact]
    public Task Overload_InBaseInterface_IsReported() => Fixes(
        """
        public interface IBase { Task SaveAsync(CancellationToken token); }
        public interface IDerived : IBase { Task SaveAsync(); }
        Task M(IDerived d, CancellationToken token) => d.[|SaveAsync|]();
        """,
        """
        public interface IBase { Task SaveAsync(CancellationToken token); }
        public interface IDerived : IBase { Task SaveAsync(); }
        Task M(IDerived d, CancellationToken token) => d.SaveAsync(token);
        """);

    [Fact]
    public Task Overload_InSameExtensionClass_IsReported() => Fixes(
        """
        Task M(CancellationToken token) => "a".[|SendAsync|](1);
        """,
        """
        Task M(CancellationToken token) => "a".SendAsync(1, token);
        """,
        new() { OtherFiles = [("Texts.cs", """
            using System.Threading;
            using System.Threading.Tasks;

            static class Texts
            {
                public static Task SendAsync(this string text, int times) => Task.CompletedTask;
                public static Task SendAsync(this string text, int times, CancellationToken token) => Task.CompletedTask;
            }
            """)] });

    [Fact]
    public Task Overload_Generic_IsReported() => Fixes(
        """
        static Task<T> GetAsync<T>(List<T> items) => throw null!;
        static Task<T> GetAsync<T>(List<T> items, CancellationToken token) => throw null!;
        async Task<int> M(List<int> items, CancellationToken token) => await [|GetAsync|](items) + await [|GetAsync<int>|](items);
        """,
        """
        static Task<T> GetAsync<T>(List<T> items) => throw null!;
        static Task<T> GetAsync<T>(List<T> items, CancellationToken token) => throw null!;
        async Task<int> M(List<int> items, CancellationToken token) => await GetAsync(items, token) + await GetAsync<int>(items, token);
        """);

    [Fact]
    public Task Overload_OfGenericType_IsReported() => Reports(
        """
        public class Base<T> { public Task AddAsync(T item, CancellationToken token) => Task.CompletedTask; }
        public class Names : Base<string> { public Task AddAsync(string item) => Task.CompletedTask; }
        Task M(Names names, CancellationToken token) => names.[|AddAsync|]("a");
        """);

    [Fact]
    public Task Overload_ReturningValueTask_IsReportedWhereAwaited() => Fixes(
        """
        Task<int> ReadAsync() => throw null!;
        ValueTask<int> ReadAsync(CancellationToken token) => throw null!;
        async Task<int> M(CancellationToken token) => await [|ReadAsync|]() + await [|ReadAsync|]().ConfigureAwait(false);
        Task<int> N(CancellationToken token) => ReadAsync();
        """,
        """
        Task<int> ReadAsync() => throw null!;
        ValueTask<int> ReadAsync(CancellationToken token) => throw null!;
        async Task<int> M(CancellationToken token) => await ReadAsync(token) + await ReadAsync(token).ConfigureAwait(false);
        Task<int> N(CancellationToken token) => ReadAsync();
        """);

    [Fact]
    public Task Overload_ReturningDerivedType_IsReported() => Fixes(
        """
        Task ReadAsync() => throw null!;
        Task<int> ReadAsync(CancellationToken token) => throw null!;
        Task M(CancellationToken token) => [|ReadAsync|]();
        """,
        """
        Task ReadAsync() => throw null!;
        Task<int> ReadAsync(CancellationToken token) => throw null!;
        Task M(CancellationToken token) => ReadAsync(token);
        """);

    [Fact]
    public Task Overload_WithTokenInTheMiddle_IsReported() => Fixes(
        """
        Task M(List<int> items, CancellationToken token) => Parallel.[|ForEachAsync|](items, (item, t) => default);
        """,
        """
        Task M(List<int> items, CancellationToken token) => Parallel.ForEachAsync(items, token, (item, t) => default);
        """);

    [Fact]
    public Task SynchronousCode_WithToken_IsReported() => Reports(
        """
        void Work(int x, CancellationToken token = default) { }
        void M(CancellationToken token) => [|Work|](1);
        """);

    [Fact]
    public Task NullableParameter_OfTheCallee_IsReported() => Fixes(
        """
        Task LoadAsync(CancellationToken? token = null) => Task.CompletedTask;
        Task M(CancellationToken token) => [|LoadAsync|]();
        """,
        """
        Task LoadAsync(CancellationToken? token = null) => Task.CompletedTask;
        Task M(CancellationToken token) => LoadAsync(token);
        """);

    [Fact]
    public Task NullableToken_InScope_IsReported() => Fixes(
        """
        Task M(CancellationToken? token) => Task.[|Delay|](1);
        """,
        """
        Task M(CancellationToken? token) => Task.Delay(1, token.GetValueOrDefault());
        """);

    [Fact]
    public Task LocalFunction_AsCallee_IsReported() => Reports(
        """
        async Task M(CancellationToken outer)
        {
            await [|Local|]();
            static async Task Local(CancellationToken inner = default) => await Task.Delay(1, inner);
        }
        """);

    [Fact]
    public Task Recursion_WithOptionalToken_IsReported() => Reports(
        """
        async Task M(int depth, CancellationToken token = default) { if (depth > 0) await [|M|](depth - 1); }
        """);

    [Fact]
    public Task Decorator_CallingAnotherOfItsKind_IsReported() => Reports(
        """
        public class Store
        {
            readonly Store _inner = null!;
            public virtual Task SaveAsync() => Task.CompletedTask;
            public virtual Task SaveAsync(CancellationToken token) => _inner.[|SaveAsync|]();
        }
        public class Sub : Store { public override Task SaveAsync(CancellationToken token) => base.[|SaveAsync|](); }
        """);

    [Fact]
    public Task ConditionalAccess_IsReported() => Fixes(
        """
        Task LoadAsync(CancellationToken token = default) => Task.CompletedTask;
        async Task M(C? c, CancellationToken token) { var x = c?.[|LoadAsync|](); await c!.Next?.Next?.[|LoadAsync|]()!; }
        C? Next => null;
        """,
        """
        Task LoadAsync(CancellationToken token = default) => Task.CompletedTask;
        async Task M(C? c, CancellationToken token) { var x = c?.LoadAsync(token); await c!.Next?.Next?.LoadAsync(token)!; }
        C? Next => null;
        """);

    [Fact]
    public Task StopAsync_WithParameter_IsReported() => Reports(
        """
        readonly CancellationTokenSource _stopping = new();
        public async Task StopAsync(CancellationToken cancellationToken) => await Task.{|#0:Delay|}(1);
        """,
        new() { Expected = [Delay(0, "cancellationToken")] });

    [Fact]
    public Task EnumeratorCancellation_Parameter_IsPassedOn() => Reports(
        """
        async IAsyncEnumerable<int> M([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
        {
            await Task.[|Delay|](1);
            yield return 1;
        }
        IAsyncEnumerable<int> All(CancellationToken token) => [|M|]();
        """);

    // That the child looks at no token at all is for another rule to say; a call beside one that has it is forgotten.
    [Fact]
    public Task ChildOfATaskGroup_ThatIgnoresItsToken_IsSilent() => Reports(
        """
        Task Run(CancellationToken token) => TaskGroup.RunAsync(group =>
        {
            _ = group.Start(ct => Task.Delay(1));
            _ = group.Start(async ct => { await Task.[|Delay|](1); await Task.Delay(1, ct); });
        }, token);
        """,
        new() { ExtraReferences = [RuntimeLibrary.Reference], ExtraUsings = ["AsyncGuard"] });

    // Code that asks the token itself goes on to its end; a call that obeyed it would skip that.
    [Theory]
    [InlineData("while (!token.IsCancellationRequested) { Work(); await Task.Delay(1000); } Flush();")]
    [InlineData("while (!token.IsCancellationRequested && _n < 3) { await Task.Delay(1000); } await FlushAsync();")]
    [InlineData("while (true) { await Task.Delay(1000); if (token.IsCancellationRequested) { Flush(); return; } }")]
    [InlineData("await Task.Delay(1000); if (token.IsCancellationRequested || _n > 3) { Flush(); }")]
    [InlineData("try { while (!token.IsCancellationRequested) { foreach (var i in new[] { 1 }) await Task.Delay(i); } _n = 0; } finally { Work(); }")]
    public Task Call_BeforeAnEndThatTheTokenLeadsTo_IsSilent(string code) => Silent(Polling(code));

    [Theory]
    [InlineData("while (!token.IsCancellationRequested) { Work(); await Task.[|Delay|](1000); }")]
    [InlineData("while (!token.IsCancellationRequested) { Work(); await Task.[|Delay|](1000); } Console.WriteLine(_n);")]
    [InlineData("while (!_stop.IsCancellationRequested) { Work(); await Task.[|Delay|](1000); } Flush();")]
    [InlineData(
        "try { while (!token.IsCancellationRequested) { await Task.[|Delay|](1000); } } catch (OperationCanceledException) { } Flush();")]
    [InlineData("try { while (!token.IsCancellationRequested) { await Task.[|Delay|](1000); } } finally { Flush(); }")]
    [InlineData("await Task.[|Delay|](1000); if (token.IsCancellationRequested) return; Flush();")]
    [InlineData("await Task.[|Delay|](1000); if (!token.IsCancellationRequested) Flush();")]
    public Task Call_InCodeThatAsksTheToken_IsReported(string code) => Reports(Polling(code));

    [Fact]
    public Task SourceThatIsAClock_IsSilent() => Silent(
        """
        class Subscription
        {
            private readonly CancellationTokenSource _expiry;
            public Subscription() { _expiry = new CancellationTokenSource(1000); }
            public bool IsExpired => _expiry.IsCancellationRequested;
            public Task NotifyAsync() => Task.Delay(1);
        }
        class Late
        {
            private readonly CancellationTokenSource _expiry = new();
            public void Start() => _expiry.CancelAfter(1000);
            public bool IsExpired => _expiry.IsCancellationRequested;
            public Task NotifyAsync() => Task.Delay(1);
        }
        """);

    private static string Polling(string code) =>
        "int _n; readonly CancellationTokenSource _stop = new(); void Work() => _stop.Cancel(); void Flush() { } Task FlushAsync() => Task.CompletedTask;\n"
        + "async Task M(CancellationToken token) { " + code + " }";

    [Fact]
    public Task TestProject_IsReportedHidden() => Reports(
        """
        [Fact]
        public async Task Test()
        {
            using var source = new CancellationTokenSource();
            await Run(source.Token);
        }
        async Task Run(CancellationToken token) => await Task.{|#0:Delay|}(1);
        """,
        new() { Stubs = [Stubs.Xunit], ExtraUsings = ["Xunit"], Expected = [Delay(0, "token").WithSeverity(DiagnosticSeverity.Hidden)] });

    [Fact]
    public Task NetStandard_WithOldLanguage_IsReported() => Fixes(
        """
        class Loader { public Task LoadAsync(int x, int y = 0, CancellationToken t = default(CancellationToken)) => null; }
        Task M(CancellationToken token) => new Loader().[|LoadAsync|](1);
        """,
        """
        class Loader { public Task LoadAsync(int x, int y = 0, CancellationToken t = default(CancellationToken)) => null; }
        Task M(CancellationToken token) => new Loader().LoadAsync(1, t: token);
        """,
        new() { References = ReferenceSet.NetStandard20, LanguageVersion = LanguageVersion.CSharp7_3 });

    private static DiagnosticResult Delay(int location, string token) =>
        new DiagnosticResult("AGD0301", DiagnosticSeverity.Info).WithLocation(location).WithArguments("Delay", token);
}
