using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.Rules.Cancellation;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

/// <summary>What AGD0301 reports. What it is silent on, and what its fix writes, stand in the other parts.</summary>
public sealed partial class TokenNotPassedTests : RuleTest<TokenNotPassedAnalyzer, TokenNotPassedFix>
{
    private static readonly RuleTestOptions Web = new() { References = ReferenceSet.AspNetCore, ExtraUsings = ["Microsoft.AspNetCore.Http"] };

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
    public Task Lambda_WithOwnToken_PassesThatOne() => Fixes(
        """
        Task M(CancellationToken outer) => RunAsync(async inner => await Task.[|Delay|](1), outer);
        Task RunAsync(Func<CancellationToken, Task> work, CancellationToken token) => work(token);
        """,
        """
        Task M(CancellationToken outer) => RunAsync(async inner => await Task.Delay(1, inner), outer);
        Task RunAsync(Func<CancellationToken, Task> work, CancellationToken token) => work(token);
        """);

    [Fact]
    public Task Lambda_CalledInPlace_SeesTheOuterToken() => Fixes(
        """
        Task M(int[] ids, CancellationToken token) => Task.WhenAll(ids.Select(id => Task.[|Delay|](id)));
        Task N(int[] ids, CancellationToken token) => Task.WhenAll(from id in ids select Task.[|Delay|](id));
        """,
        """
        Task M(int[] ids, CancellationToken token) => Task.WhenAll(ids.Select(id => Task.Delay(id, token)));
        Task N(int[] ids, CancellationToken token) => Task.WhenAll(from id in ids select Task.Delay(id, token));
        """);

    [Fact]
    public Task Lambda_OfParallelLoop_SeesTheOuterToken() => Reports(
        """
        void Work(int x, CancellationToken token = default) { }
        void M(int[] ids, CancellationToken token) => Parallel.ForEach(ids, id => [|Work|](id));
        """);

    [Fact]
    public Task LocalFunction_CalledFromLambdaInPlace_SeesTheOuterToken() => Reports(
        """
        async Task M(int[] ids, CancellationToken token)
        {
            await Task.WhenAll(ids.Select(id => Local(id)));
            async Task Local(int id) => await Task.[|Delay|](id);
        }
        """);

    [Fact]
    public Task LocalFunction_OnlyCalled_SeesTheOuterToken() => Fixes(
        """
        async Task M(CancellationToken token)
        {
            await Local();
            async Task Local() => await Task.[|Delay|](1);
        }
        """,
        """
        async Task M(CancellationToken token)
        {
            await Local();
            async Task Local() => await Task.Delay(1, token);
        }
        """);

    [Fact]
    public Task LocalFunction_StaticWithOwnToken_PassesThatOne() => Fixes(
        """
        async Task M(CancellationToken outer)
        {
            await Local(outer);
            static async Task Local(CancellationToken inner) => await Task.[|Delay|](1);
        }
        """,
        """
        async Task M(CancellationToken outer)
        {
            await Local(outer);
            static async Task Local(CancellationToken inner) => await Task.Delay(1, inner);
        }
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
    public Task TopLevelProgram_WithLocalToken_IsReported() => Fixes(
        """
        using System.Threading;
        using System.Threading.Tasks;

        var token = new Job().Stopping;
        await Task.[|Delay|](1);
        await Local();

        async Task Local() => await Task.[|Delay|](2);

        class Job { public CancellationToken Stopping { get; } }
        class Other { Task M() => Task.Delay(1); }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;

        var token = new Job().Stopping;
        await Task.Delay(1, token);
        await Local();

        async Task Local() => await Task.Delay(2, token);

        class Job { public CancellationToken Stopping { get; } }
        class Other { Task M() => Task.Delay(1); }
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task Constructor_WithParameter_IsReported() => Reports(
        """
        C(CancellationToken token) { Work = Task.[|Delay|](1); }
        C(int x, CancellationToken token) : this(Task.[|Delay|](x)) { }
        C(Task work) => Work = work;
        Task Work { get; }
        """);

    [Fact]
    public Task Property_OfTypeWithField_IsReported() => Fixes(
        """
        readonly CancellationToken _stopping;
        C(CancellationToken stopping) => _stopping = stopping;
        Task Pause => Task.[|Delay|](1);
        Task Pause2 { get { return Task.[|Delay|](1); } }
        """,
        """
        readonly CancellationToken _stopping;
        C(CancellationToken stopping) => _stopping = stopping;
        Task Pause => Task.Delay(1, _stopping);
        Task Pause2 { get { return Task.Delay(1, _stopping); } }
        """);

    [Fact]
    public Task Field_HoldingSource_IsReported() => Fixes(
        """
        readonly CancellationTokenSource _stopping = new();
        Task M() => Task.[|Delay|](1);
        """,
        """
        readonly CancellationTokenSource _stopping = new();
        Task M() => Task.Delay(1, _stopping.Token);
        """);

    [Fact]
    public Task Field_HoldingSourceNeverReplaced_IsReported() => Reports(
        """
        CancellationTokenSource _stopping = new CancellationTokenSource();
        Task M() => Task.[|Delay|](1);
        void Stop() => _stopping.Cancel();
        """);

    [Fact]
    public Task Property_OfBaseClass_IsReported() => Reports(
        """
        public abstract class Worker { protected CancellationToken Stopping { get; set; } private CancellationToken Hidden { get; } }
        public class Sub : Worker { Task M() => Task.[|Delay|](1); }
        """);

#if !ROSLYN_FLOOR
    [Fact]
    public Task PrimaryConstructor_Parameter_IsReported() => Fixes(
        """
        public class Worker(CancellationToken stopping) { Task M() => Task.[|Delay|](1); static Task N() => Task.Delay(1); }
        """,
        """
        public class Worker(CancellationToken stopping) { Task M() => Task.Delay(1, stopping); static Task N() => Task.Delay(1); }
        """);

    [Fact]
    public Task PrimaryConstructor_ParameterKeptInField_PassesTheField() => Fixes(
        """
        public class Worker(CancellationToken stopping) { readonly CancellationToken _kept = stopping; Task M() => Task.[|Delay|](1); }
        """,
        """
        public class Worker(CancellationToken stopping) { readonly CancellationToken _kept = stopping; Task M() => Task.Delay(1, _kept); }
        """);
#endif

    [Fact]
    public Task Record_WithTokenProperty_IsReported() => Reports(
        """
        public record Job(CancellationToken Stopping) { public Task M() => Task.[|Delay|](1); }
        """);

    [Fact]
    public Task StoppingToken_InBackgroundService_IsReported() => Reports(
        """
        public class Worker : Microsoft.Extensions.Hosting.BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (!stoppingToken.IsCancellationRequested) await Task.[|Delay|](1000);
            }
        }
        """,
        Web);

    [Fact]
    public Task HttpContext_AsParameter_PassesRequestAborted() => Fixes(
        """
        async Task Invoke(HttpContext context) => await Task.[|Delay|](1);
        """,
        """
        async Task Invoke(HttpContext context) => await Task.Delay(1, context.RequestAborted);
        """,
        Web);

    [Fact]
    public Task HttpContext_OfController_PassesRequestAborted() => Fixes(
        """
        public class Home : Microsoft.AspNetCore.Mvc.ControllerBase { public async Task Get() => await Task.[|Delay|](1); }
        """,
        """
        public class Home : Microsoft.AspNetCore.Mvc.ControllerBase { public async Task Get() => await Task.Delay(1, HttpContext.RequestAborted); }
        """,
        Web);

    [Fact]
    public Task HttpContext_OfMinimalApi_PassesRequestAborted() => Fixes(
        """
        using System.IO;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;

        var app = WebApplication.Create(args);
        app.MapGet("/", async (HttpContext context) => await File.[|ReadAllTextAsync|]("a"));
        app.Run();
        """,
        """
        using System.IO;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;

        var app = WebApplication.Create(args);
        app.MapGet("/", async (HttpContext context) => await File.ReadAllTextAsync("a", context.RequestAborted));
        app.Run();
        """,
        RuleTestOptions.TopLevel with { References = ReferenceSet.AspNetCore });

    [Fact]
    public Task TaskGroup_AsLambdaParameter_PassesItsToken() => Fixes(
        """
        Task M(CancellationToken token) => TaskGroup.RunAsync(async group => await Task.[|Delay|](1), token);
        """,
        """
        Task M(CancellationToken token) => TaskGroup.RunAsync(async group => await Task.Delay(1, group.CancellationToken), token);
        """,
        WithGroups);

    [Fact]
    public Task Request_CarryingToken_IsReported() => Fixes(
        """
        public class Request { public int Id { get; set; } public CancellationToken CancellationToken { get; set; } }
        Task M(Request request) => Task.[|Delay|](request.Id);
        """,
        """
        public class Request { public int Id { get; set; } public CancellationToken CancellationToken { get; set; } }
        Task M(Request request) => Task.Delay(request.Id, request.CancellationToken);
        """);

    [Fact]
    public Task LinkedSource_AsLocal_PassesItsToken() => Fixes(
        """
        async Task M(CancellationToken token)
        {
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(token);
            limited.CancelAfter(1000);
            await Task.[|Delay|](1);
        }
        """,
        """
        async Task M(CancellationToken token)
        {
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(token);
            limited.CancelAfter(1000);
            await Task.Delay(1, limited.Token);
        }
        """);

    [Fact]
    public Task LinkedSource_InUsingStatement_PassesItsToken() => Reports(
        """
        async Task M(CancellationToken token)
        {
            using (var limited = CancellationTokenSource.CreateLinkedTokenSource(token)) { await Task.{|#0:Delay|}(1); }
            await Task.{|#1:Delay|}(1);
        }
        """,
        new() { Expected = [Delay(0, "limited.Token"), Delay(1, "token")] });

    [Fact]
    public Task Source_NotLinked_LeavesTheParameter() => Reports(
        """
        async Task M(CancellationToken token)
        {
            using var other = new CancellationTokenSource();
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(token);
            linked.Cancel();
            await Task.{|#0:Delay|}(1);
        }
        """,
        new() { Expected = [Delay(0, "token")] });

    [Fact]
    public Task Switch_WithTokenOfOtherSection_LeavesTheParameter() => Reports(
        """
        async Task M(int x, CancellationToken outer)
        {
            switch (x)
            {
                case 1:
                    var inner = Make();
                    await Task.{|#0:Delay|}(1);
                    break;
                default:
                    await Task.{|#1:Delay|}(1);
                    break;
            }
        }
        static CancellationToken Make() => default;
        """,
        new() { Expected = [Delay(0, "inner"), Delay(1, "outer")] });

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
        new DiagnosticResult("AGD0301") { Severity = DiagnosticSeverity.Info }.WithLocation(location).WithArguments("Delay", token);
}
