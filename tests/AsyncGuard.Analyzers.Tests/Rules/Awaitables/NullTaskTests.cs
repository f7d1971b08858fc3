using System.Threading.Tasks;
using AsyncGuard.Fixes.Awaitables;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Awaitables;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Awaitables;

public sealed class NullTaskTests : RuleTest<NullTaskAnalyzer, NullTaskFix>
{
    private static RuleTestOptions Old => new() { LanguageVersion = LanguageVersion.CSharp7_3, References = ReferenceSet.NetStandard20 };

    // Reported

    [Theory]
    [InlineData("Task M() => [|null!|];")]
    [InlineData("Task M() { return [|null!|]; }")]
    [InlineData("Task M() { return [|default!|]; }")]
    [InlineData("Task M() => [|default(Task)!|];")]
    [InlineData("Task M() => [|(Task)null!|];")]
    [InlineData("Task<string> M() => [|null!|];")]
    [InlineData("Task<int> M() { return [|null!|]; }")]
    [InlineData("Task<List<string>> M() => [|default!|];")]
    [InlineData("Task<T> M<T>() => [|null!|];")]
    [InlineData("Task M(bool b) => b ? Task.CompletedTask : [|null!|];")]
    [InlineData("Task M(bool b) => b ? [|null!|] : Task.CompletedTask;")]
    [InlineData("Task<int> M(int kind) => kind switch { 1 => Task.FromResult(1), 2 => Task.FromResult(2), _ => [|null!|] };")]
    [InlineData("Task M(bool b) { if (b) return [|null!|]; return Task.Delay(1); }")]
    [InlineData("Task M(int n) { switch (n) { case 0: return Task.Delay(1); default: return [|null!|]; } }")]
    [InlineData("Task M() { try { return Task.Delay(1); } catch (IOException) { return [|null!|]; } }")]
    [InlineData("void M() { Local(); Task Local() => [|null!|]; }")]
    [InlineData("Func<Task> M() => () => [|null!|];")]
    [InlineData("Func<int, Task<string>> M() => _ => { return [|null!|]; };")]
    [InlineData("Func<Task> M() => delegate { return [|null!|]; };")]
    [InlineData("Task P => [|null!|];")]
    [InlineData("static void Check(int n) { if (n == 0) throw new IOException(); } Task M(int n) { Check(n); return [|null!|]; }")]
    [InlineData("Task P { get { return [|null!|]; } }")]
    [InlineData("public static Task operator +(C a, C b) => [|null!|];")]
    public Task Null_IsReported(string member) => Reports(member);

    [Fact]
    public Task InCodeWithoutAnnotations_IsReported() => Reports(
        """
        Task A() { return [|null|]; }
        Task<string> B(bool b) { if (b) { return Task.FromResult("b"); } return [|null|]; }
        Task<int> D() { return [|default(Task<int>)|]; }
        Task E(bool b) { return b ? [|null|] : Task.CompletedTask; }
        Func<Task> F() { return () => [|null|]; }
        """,
        Old);

    // From real code

    [Fact]
    public Task StubOfAnInterface_IsReported() => Reports(
        """
        interface IStore { Task SaveAsync(string key); Task<string> LoadAsync(string key); }
        class NullStore : IStore
        {
            public Task SaveAsync(string key) => [|null!|];
            Task<string> IStore.LoadAsync(string key) { return [|null!|]; }
        }
        """);

    [Fact]
    public Task OverrideWithNothingToDo_IsReported() => Reports(
        """
        abstract class Handler { protected abstract Task HandleAsync(string message); }
        class Ignoring : Handler { protected override Task HandleAsync(string message) { return [|null!|]; } }
        """);

    [Fact]
    public Task EarlyExitOfAGuard_IsReported() => Reports(
        """
        private readonly Dictionary<string, string> _cache = new();
        public Task RefreshAsync(string key) { if (_cache.ContainsKey(key)) { return [|null!|]; } return Task.Delay(1); }
        """);

    [Fact]
    public Task Middleware_IsReported() => Reports(
        """
        class Middleware
        {
            private readonly Func<string, Task> _next;
            public Middleware(Func<string, Task> next) { _next = next; }
            public Task InvokeAsync(string path)
            {
                if (path.StartsWith("/health")) return [|null!|];
                return _next(path);
            }
        }
        """);

    [Fact]
    public Task HandlerGivenAsDelegate_IsReported() => Reports(
        """
        void On(Func<string, Task> handler) { }
        void M() { On(message => { Console.WriteLine(message); return [|null!|]; }); On(_ => [|null!|]); }
        """);

    [Fact]
    public Task AfterCatch_IsReported() => Reports(
        """
        public Task<string> TryAsync(string path)
        {
            try { return File.ReadAllTextAsync(path); }
            catch (UnauthorizedAccessException e) { Console.WriteLine(e); }
            return [|null!|];
        }
        """);

    [Fact]
    public Task NamesTheMemberAndTheAnswer() => Reports(
        "Task A() => {|#0:null!|}; Task<int> B() => {|#1:null!|}; Func<Task> D() => () => {|#2:null!|};",
        new()
        {
            Expected =
            [
                new DiagnosticResult("AGD0402", DiagnosticSeverity.Warning).WithLocation(0).WithArguments("A", "'Task.CompletedTask'"),
                new DiagnosticResult("AGD0402", DiagnosticSeverity.Warning).WithLocation(1).WithArguments("B", "'Task.FromResult'"),
                new DiagnosticResult("AGD0402", DiagnosticSeverity.Warning).WithLocation(2)
                    .WithArguments("The lambda", "'Task.CompletedTask'"),
            ],
        });

    // Silent

    [Theory]
    [InlineData("Func<Task> F = () => null!; Task M() => F() ?? Task.CompletedTask;")]
    [InlineData("Func<Task> F = () => null!; async Task M() { var t = F?.Invoke(); if (t != null) await t; }")]
    [InlineData("Task A() => null!; async Task M() { var t = A(); t ??= Task.Delay(1); await t; }")]
    [InlineData("Task A() => null!; Task M() => A() switch { null => Task.Delay(1), var t => t };")]
    [InlineData("Task A() => null!; Task B() => A(); Task M() => B() ?? Task.Delay(1);")]
    [InlineData("Task A() => null!; bool M() => ReferenceEquals(A(), null);")]
    [InlineData("Task A(Func<Task> f) => f() ?? Task.Delay(1); Task M() => A(() => null!);")]
    [InlineData("Task M() => Task.CompletedTask;")]
    [InlineData("Task<string?> M() => Task.FromResult<string?>(null);")]
    [InlineData("Task<string?> M() => Task.FromResult(default(string));")]
    [InlineData("async Task<string?> M() { await Task.Yield(); return null; }")]
    [InlineData("async Task<Task> M() { await Task.Yield(); return null!; }")]
    [InlineData("ValueTask M() => default;")]
    [InlineData("ValueTask<int> M() => default(ValueTask<int>);")]
    [InlineData("Task? M() => null;")]
    [InlineData("Task<int>? M() { return default; }")]
    [InlineData("Task? P => null;")]
    [InlineData("Func<Task?> M() => () => null;")]
    [InlineData("string? M() => null;")]
    [InlineData("object? M() => null;")]
    [InlineData("T? M<T>() where T : class => null;")]
    [InlineData("IEnumerable<Task> M() { yield return null!; }")]
    [InlineData("Task[] M() => null!;")]
    [InlineData("Task M() => throw new NotSupportedException();")]
    [InlineData("Func<Task, bool> M() => task => task == null;")]
    [InlineData("System.Linq.Expressions.Expression<Func<Task>> M() => () => null!;")]
    [InlineData("Func<Task> M() => async () => await Task.Yield();")]
    [InlineData(
        "static void Fail() => throw new NotSupportedException(); Task M(int n) { switch (n) { case 0: return Task.CompletedTask; default: Fail(); return null!; } }")]
    [InlineData("static void Fail(string s) { throw new IOException(s); } Task<int> M() { Fail(\"a\"); return default!; }")]
    [InlineData(
        "[System.Diagnostics.CodeAnalysis.DoesNotReturn] static void Fail() { Console.WriteLine(); throw new IOException(); } Task M() { Fail(); return null!; }")]
    public Task NoNullTask_IsSilent(string member) => Silent(member);

    [Fact]
    public Task PropertyWithoutAnnotations_IsSilent() =>
    Silent("Task _t; Task Current { get { if (_t.IsCompleted) { return null; } return _t; } }", Old);

    // From real code

    [Fact]
    public Task NullInNullOut_IsSilent() => Silent(
        """
        static Task Swallow(Task task) { if (task == null) { return null!; } return task.ContinueWith(_ => { }); }
        static Task<int> Length(Task<string> task) => task is null ? null! : task.ContinueWith(t => t.Result.Length);
        Task? _running;
        Task Stop() { if (_running == null) return null!; return _running; }
        """);

    [Fact]
    public Task CallersThatLook_AreSilent() => Silent(
        """
        private Task FlushIfNeeded(int count) { if (count < 10) return null!; return Task.Delay(1); }
        async Task Write(int count)
        {
            var flush = FlushIfNeeded(count);
            if (flush != null) await flush;
        }
        """);

    [Fact]
    public Task CallersThatMatch_AreSilent() => Silent(
        """
        private Task<string> TryLoad(string key) => key.Length == 0 ? null! : Task.FromResult(key);
        async Task<string> A(string key) => TryLoad(key) is { } task ? await task : "";
        """);

    [Fact]
    public Task CallersThatCoalesce_AreSilent() => Silent(
        """
        private Task TryLoad(string key) => key.Length == 0 ? null! : Task.Delay(1);
        Task A(string key) => this.TryLoad(key) ?? Task.CompletedTask;
        """);

    [Fact]
    public Task CallersThatUseQuestionMark_AreSilent() => Silent(
        """
        private Task Pending() => null!;
        void A() => Pending()?.ContinueWith(_ => { });
        """);

    [Fact]
    public Task LocalTask_IsSilent() => Silent("Task M(bool b) { Task t = null!; if (b) t = Task.Delay(1); return t; }");

    [Fact]
    public Task ConditionalCall_IsSilent() => Silent("C? _inner; Task M() => Task.CompletedTask; Task N() => _inner?.M()!;");

    [Fact]
    public Task GeneratedCode_IsSilent() =>
    Silent("// <auto-generated/>\nusing System.Threading.Tasks;\nclass D { Task M() { return null; } }", RuleTestOptions.File);

    // Fixes

    [Theory]
    [InlineData("Task M() => [|null!|]; // c", "Task M() => Task.CompletedTask; // c")]
    [InlineData("Task M() { return [|default!|]; }", "Task M() { return Task.CompletedTask; }")]
    [InlineData("Task M() => [|(Task)null!|];", "Task M() => Task.CompletedTask;")]
    [InlineData("Task<int> M() => [|null!|];", "Task<int> M() => Task.FromResult(default(int));")]
    [InlineData("Task<string?> M() => [|null!|];", "Task<string?> M() => Task.FromResult<string?>(null);")]
    [InlineData("Task<int?> M() => [|null!|];", "Task<int?> M() => Task.FromResult<int?>(null);")]
    [InlineData("Task<string> M() => [|null!|];", "Task<string> M() => Task.FromResult<string>(null!);")]
    [InlineData("Task<T> M<T>() => [|null!|];", "Task<T> M<T>() => Task.FromResult<T>(default(T)!);")]
    [InlineData("Task M(bool b) => b ? [|null!|] : Task.Delay(1);", "Task M(bool b) => b ? Task.CompletedTask : Task.Delay(1);")]
    [InlineData("Func<Task<bool>> M() => () => /* a */ [|null!|] /* b */;",
        "Func<Task<bool>> M() => () => /* a */ Task.FromResult(default(bool)) /* b */;")]
    public Task Fix_ReturnsAFinishedTask(string before, string after) => Fixes(before, after);

    [Fact]
    public Task Fix_InCodeWithoutAnnotations() => Fixes(
        """
        Task A() { return [|null|]; }
        Task<string> B() { return [|null|]; }
        """,
        """
        Task A() { return Task.CompletedTask; }
        Task<string> B() { return Task.FromResult<string>(null); }
        """,
        Old);

    [Fact]
    public Task ResultThatCannotBeNull_HasNoFix() => NoFix("Task<string> M() => [|null|];");

    [Fact]
    public Task OwnTaskType_HasNoFix() => NoFix("class Job : Task { public Job() : base(() => { }) { } } Job M() => [|null!|];");
}
