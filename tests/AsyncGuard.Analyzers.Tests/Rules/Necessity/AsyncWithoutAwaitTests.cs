using System.Threading.Tasks;
using AsyncGuard.Fixes.Necessity;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Necessity;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Necessity;

public sealed class AsyncWithoutAwaitTests : RuleTest<AsyncWithoutAwaitAnalyzer, AsyncWithoutAwaitFix>
{
    private const string Members = "\nTask WorkAsync() => Task.CompletedTask; string Load(string s) => s; int _n;";

    // Reported

    [Theory]
    [InlineData("async Task [|M|]() { }")]
    [InlineData("async Task<int> [|M|]() { return 1; }")]
    [InlineData("async Task<int> [|M|]() => 1;")]
    [InlineData("async ValueTask [|M|]() { _n = 1; }")]
    [InlineData("async ValueTask<string> [|M|]() => Load(\"\");")]
    [InlineData("static async Task [|M|]() => Console.WriteLine();")]
    [InlineData("async Task [|M|]() { throw new NotSupportedException(); }")]
    [InlineData("async Task<int> [|M|]() => throw new NotSupportedException();")]
    [InlineData("async Task<Task> [|M|]() { return WorkAsync(); }")]
    [InlineData("async Task [|M|]() { Func<Task> f = async () => await WorkAsync(); f(); }")]
    [InlineData("async Task [|M|]() { Local(); async Task Local() => await WorkAsync(); }")]
    [InlineData("async Task M() { await Local(); async Task [|Local|]() { } }")]
    [InlineData("async Task M() { await Local(); static async Task<int> [|Local|]() => 1; }")]
    [InlineData("private async Task [|M|](CancellationToken token) { token.ThrowIfCancellationRequested(); }")]
    [InlineData("public async Task<T?> [|M|]<T>() { return default; }")]
    [InlineData("protected virtual async Task [|M|]() { }")]
    [InlineData("async Task [|M|]() { foreach (var i in new[] { 1 }) Console.WriteLine(i); }")]
    [InlineData("async Task [|M|]() { using var s = new MemoryStream(); s.WriteByte(1); }")]
    [InlineData("[Obsolete] async Task [|M|]() { }")]
    [InlineData("async Task [|M|]() { var await = nameof(WorkAsync); }")]
    public Task NoAwait_IsReported(string member) => Reports(member.Replace("var await", "var @await") + Members);

    // From real code

    [Fact]
    public Task ControllerAction_IsReported() =>
    Reports(
    "public async Task<IActionResult> [|Get|]() { return new Ok(); } public interface IActionResult { } public class Ok : IActionResult { }");

    [Fact]
    public Task WaitsSynchronously_IsReported() =>
    Reports("async Task<string> [|ReadAsync|](string path) { var text = File.ReadAllText(path); return text.Trim(); }");

    [Fact]
    public Task ReturnsATaskOfATask_IsReported() =>
    Reports("async Task<Task<int>> [|StartAsync|]() { var t = Task.Run(() => 1); return t; }");

    [Fact]
    public Task DropsATask_IsReported() => Reports("async Task [|StartAsync|]() { _ = WorkAsync(); }" + Members);

    [Fact]
    public Task StaticFactory_IsReported() =>
    Reports("static async Task<C> [|CreateAsync|]() { var c = new C(); c._n = 2; return c; }" + Members);

    // Silent

    [Theory]
    [InlineData("async Task M() { await WorkAsync(); }")]
    [InlineData("async Task M() => await WorkAsync();")]
    [InlineData("async Task M(IAsyncEnumerable<int> all) { await foreach (var i in all) _n = i; }")]
    [InlineData("async Task M(IAsyncDisposable a) { await using (a) { } }")]
    [InlineData("async Task M() { await using var s = new MemoryStream(); }")]
    [InlineData("async Task<int> M() => _n > 0 ? await Task.FromResult(1) : 0;")]
    [InlineData("async Task M() { try { } finally { await WorkAsync(); } }")]
    [InlineData("async Task M(IAsyncEnumerable<(int, int)> all) { await foreach (var (a, b) in all) _n = a + b; }")]
    [InlineData("async IAsyncEnumerable<int> M() { yield return 1; }")]
    [InlineData("async void M() { }")]
    [InlineData("Func<Task> M() => async () => { };")]
    [InlineData("Func<Task<int>> M() => async delegate { return 1; };")]
    [InlineData("Task M() { return Task.CompletedTask; }")]
    [InlineData("void M() { }")]
    [InlineData("async Task M() { var n = nameof(WorkAsync); _n = n.Length; await Task.Yield(); }")]
    [InlineData("async Task M() { throw new NotImplementedException(); }")]
    [InlineData("async Task<int> M() => throw new System.NotImplementedException();")]
    public Task Awaits_IsSilent(string member) => Silent(member + Members);

    [Fact]
    public Task Override_IsSilent() =>
    Silent(
    "abstract class B { public abstract Task M(); public virtual Task<int> N() => Task.FromResult(1); } class D : B { public override async Task M() { } public override async Task<int> N() => 1; }");

    [Fact]
    public Task Implementation_IsSilent() =>
    Silent("interface I { Task A(); Task B(); } class D : I { public async Task A() { } async Task I.B() { } }");

    [Fact]
    public Task ImplementationInABaseClass_IsSilent() =>
    Silent("interface I<T> { ValueTask<T> A(); } class D : I<int> { public async ValueTask<int> A() => 1; }");

    [Fact]
    public Task Partial_IsSilent() =>
    Silent("partial class P { private partial Task M(); } partial class P { private async partial Task M() { } }");

    [Fact]
    public Task WithItsOwnBuilder_IsSilent() =>
    Silent(
    "[System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder))] async ValueTask M() { }");

    // From real code

    [Fact]
    public Task AwaitUnderOtherSymbols_IsSilent() => Silent(
        """
        async Task M()
        {
        #if NETFRAMEWORK
            await WorkAsync();
        #else
            _n = 1;
        #endif
        }
        """ + Members);

    [Fact]
    public Task AsyncDisposable_IsSilent() =>
    Silent("class D : IAsyncDisposable { public async ValueTask DisposeAsync() { GC.SuppressFinalize(this); } }");

    [Fact]
    public Task HostedService_IsSilent() =>
    Silent(
    "interface IHosted { Task StartAsync(CancellationToken t); } class D : IHosted { public async Task StartAsync(CancellationToken t) { Console.WriteLine(); } }");

    [Fact]
    public Task TopLevelProgram_IsSilent() => Silent("System.Console.WriteLine();", RuleTestOptions.TopLevel);

    [Fact]
    public Task GeneratedCode_IsSilent() =>
    Silent("// <auto-generated/>\nusing System.Threading.Tasks;\nclass D { async Task M() { } }", RuleTestOptions.File);

    // Fixes

    [Theory]
    [InlineData("async Task [|M|]() { }", "Task M() { return Task.CompletedTask; }")]
    [InlineData("async Task [|M|]() { _n++; _n += 2; }", "Task M() { _n++; _n += 2; return Task.CompletedTask; }")]
    [InlineData("async Task<string> [|M|](int i) => $\"{_n}: {i}\";", "Task<string> M(int i) => Task.FromResult($\"{_n}: {i}\");")]
    [InlineData("async Task<string> [|M|](string s) => s + _n;", "Task<string> M(string s) => Task.FromResult(s + _n);")]
    [InlineData("async Task [|M|]() { int Twice(int i) => checked(i * 2); _n = 1; }",
        "Task M() { int Twice(int i) => checked(i * 2); _n = 1; return Task.CompletedTask; }")]
    [InlineData("async Task [|M|]() { _n = 1; } // c", "Task M() { _n = 1; return Task.CompletedTask; } // c")]
    [InlineData("private async Task<int> [|M|]() => _n;", "private Task<int> M() => Task.FromResult(_n);")]
    [InlineData("async Task<int> [|M|]() { return 1; }", "Task<int> M() { return Task.FromResult(1); }")]
    [InlineData("async Task<object> [|M|]() { return \"a\"; }", "Task<object> M() { return Task.FromResult<object>(\"a\"); }")]
    [InlineData("async Task<Func<int>> [|M|](string s) => () => int.Parse(s);",
        "Task<Func<int>> M(string s) => Task.FromResult<Func<int>>(() => int.Parse(s));")]
    [InlineData("async Task<Action> [|M|](string s) { Action a = () => int.Parse(s); return a; }",
        "Task<Action> M(string s) { Action a = () => int.Parse(s); return Task.FromResult(a); }")]
    [InlineData("async Task<string?> [|M|]() => null;", "Task<string?> M() => Task.FromResult<string?>(null);")]
    [InlineData("async ValueTask<int> [|M|]() => 1;", "ValueTask<int> M() => new ValueTask<int>(1);")]
    [InlineData("async ValueTask [|M|]() { _n = 1; }", "ValueTask M() { _n = 1; return default; }")]
    [InlineData("async Task [|M|](bool b) { if (b) return; _n = 1; }",
        "Task M(bool b) { if (b) return Task.CompletedTask; _n = 1; return Task.CompletedTask; }")]
    [InlineData("async Task<int> [|M|]() => throw new NotSupportedException();",
        "Task<int> M() => Task.FromException<int>(new NotSupportedException());")]
    [InlineData("async Task [|M|]() { throw new NotSupportedException(); }",
        "Task M() { return Task.FromException(new NotSupportedException()); }")]
    [InlineData("async Task [|M|]() { Note(\"a\"); Clear(); } string? _last; void Note(string what) => _last = what; void Clear() { if (_last != null) { _last = null; Note(\"b\"); } }",
        "Task M() { Note(\"a\"); Clear(); return Task.CompletedTask; } string? _last; void Note(string what) => _last = what; void Clear() { if (_last != null) { _last = null; Note(\"b\"); } }")]
    [InlineData("async Task<int> [|M|](int i) { return Twice(i); int Twice(int n) => n + n; }",
        "Task<int> M(int i) { return Task.FromResult(Twice(i)); int Twice(int n) => n + n; }")]
    public Task Fix_ReturnsFinishedTasks(string before, string after) => Fixes(before + Members, after + Members);

    [Fact]
    public Task Fix_OfABodyThatCanThrow_ReturnsTheException() => Fixes(
        """
        // Loads.
        async Task<string> [|M|](string path)
        {
            // trimmed
            var text = Load(path);

            return text.Trim();
        }
        """ + Members,
        """
        // Loads.
        Task<string> M(string path)
        {
            try
            {
                // trimmed
                var text = Load(path);

                return Task.FromResult(text.Trim());
            }
            catch (Exception exception)
            {
                return Task.FromException<string>(exception);
            }
        }
        """ + Members);

    [Fact]
    public Task Fix_OfAnArrowThatCanThrow_BecomesABlock() => Fixes(
        """
        static async Task [|A|]() => Console.WriteLine();
        async Task<string> [|B|](string path) => path.Trim();
        """ + Members,
        """
        static Task A()
        {
            try
            {
                Console.WriteLine();
                return Task.CompletedTask;
            }
            catch (Exception exception)
            {
                return Task.FromException(exception);
            }
        }
        Task<string> B(string path)
        {
            try
            {
                return Task.FromResult(path.Trim());
            }
            catch (Exception exception)
            {
                return Task.FromException<string>(exception);
            }
        }
        """ + Members);

    [Theory]
    [InlineData("void Note(string what) => _last = what.Trim();")]
    [InlineData("void Note(string what) { if (what == _last) throw new ArgumentException(); _last = what; }")]
    [InlineData("protected virtual void Note(string what) => _last = what;")]
    [InlineData("void Note(string what) => Second(what); void Second(string what) => Third(what); void Third(string what) => Fourth(what); void Fourth(string what) => _last = what;")]
    public Task Fix_OfACallThatMayThrow_ReturnsTheException(string called) => Fixes(
        "async Task [|M|]()\n{\n    Note(\"a\");\n}\nstring? _last; " + called + Members,
        """
        Task M()
        {
            try
            {
                Note("a");
                return Task.CompletedTask;
            }
            catch (Exception exception)
            {
                return Task.FromException(exception);
            }
        }
        string? _last; 
        """.TrimEnd('\n') + called + Members);

    [Fact]
    public Task Fix_OfALocalFunction() => Fixes(
        "async Task M() { await Local(); async Task [|Local|]() { _n = 2; } }" + Members,
        "async Task M() { await Local(); Task Local() { _n = 2; return Task.CompletedTask; } }" + Members);

    [Fact]
    public Task Fix_OfNestedFunctions_FixesBoth() => Fixes(
        """
        async Task [|M|]()
        {
            Console.WriteLine(nameof(Local));
            async Task [|Local|]() { _n = 2; }
        }
        """ + Members,
        """
        Task M()
        {
            try
            {
                Console.WriteLine(nameof(Local));
                Task Local() { _n = 2; return Task.CompletedTask; }
                return Task.CompletedTask;
            }
            catch (Exception exception)
            {
                return Task.FromException(exception);
            }
        }
        """ + Members);

    [Theory]
    [InlineData("async Task<int> [|M|]() { return int.Parse(_text); }", "Drop 'async' and return a finished task")]
    [InlineData("async Task [|M|]() { Console.WriteLine(_text.Trim()); }", "Drop 'async' and return a finished task")]
    [InlineData("async Task [|M|]() { _map[_text] = new List<int>(_n); }", "Drop 'async' and return a finished task")]
    [InlineData("async Task [|M|]() { _map[_text].ForEach(i => _n += i); }", "Drop 'async' and return a finished task")]
    [InlineData("async Task [|M|]() { throw new ArgumentException(_text.Trim(), nameof(_text)); }",
        "Drop 'async' and return a finished task")]
    [InlineData("async Task<string> [|M|]() => Load(_text);", "Drop 'async' and return a finished task")]
    [InlineData("async Task [|M|]() { _map[_text].ForEach(_act); }", "Drop 'async' and return a finished task (review)")]
    [InlineData("async Task [|M|]() { _act(1); }", "Drop 'async' and return a finished task (review)")]
    [InlineData("async Task [|M|]() { Task.Delay(1).Wait(); }", "Drop 'async' and return a finished task (review)")]
    [InlineData("async Task [|M|]() { foreach (var i in _lazy) _n += i; }", "Drop 'async' and return a finished task (review)")]
    [InlineData("async Task<int> [|M|]() => _lazy.Count();", "Drop 'async' and return a finished task (review)")]
    [InlineData("async Task<int> [|M|]() => _late.Value;", "Drop 'async' and return a finished task (review)")]
    [InlineData("async Task<byte[]> [|M|]() => _client.GetByteArrayAsync(_text).Result;",
        "Drop 'async' and return a finished task (review)")]
    public Task Fix_OfABodyThatMayThrowACancellation_NeedsAReview(string member, string title) => Offers(
        member + Members + """
         string _text = ""; Dictionary<string, List<int>> _map = new(); Action<int> _act = null!; IEnumerable<int> _lazy = null!;
        Lazy<int> _late = null!; HttpClient _client = null!;
        """,
        [title]);

    [Theory]
    [InlineData("async Task [|M|](CancellationToken token) { token.ThrowIfCancellationRequested(); }")]
    [InlineData("async Task [|M|]() { throw new TaskCanceledException(); }")]
    [InlineData("async Task<int> [|M|]() => throw new OperationCanceledException();")]
    [InlineData("async Task [|M|]() { if (Load(\"\") == \"\") throw new OperationCanceledException(); }")]
    public Task BodyThatMayCancel_HasNoFix(string member) => NoFix(member + Members);

    [Fact]
    public Task OldFramework_HasNoFixForValueTasks() => NoFix(
        "async ValueTask [|M|]() { }",
        new() { References = ReferenceSet.NetStandard20, LanguageVersion = LanguageVersion.CSharp8 });

    // Written anew, the line would lose its comment.
    [Fact]
    public Task Comment_InALineWithTheBrace_IsNotLost() =>
        NoFix("async Task [|M|]() { Console.WriteLine(1); /* once */ Console.WriteLine(2); }");

    // The text of an object is that of its own method, and decimals are checked.
    [Theory]
    [InlineData("string", "object value", "1 + \"-\" + value")]
    [InlineData("string", "object value", "$\"{value}\"")]
    [InlineData("decimal", "decimal value", "value + 1")]
    public Task Fix_OfAnOperatorThatCanThrow_ReturnsTheException(string result, string parameter, string value) => Fixes(
        $"async Task<{result}> [|M|]({parameter}) => {value};" + Members,
        $$"""
        Task<{{result}}> M({{parameter}})
        {
            try
            {
                return Task.FromResult({{value}});
            }
            catch (Exception exception)
            {
                return Task.FromException<{{result}}>(exception);
            }
        }
        """ + Members);
}
