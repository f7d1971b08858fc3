using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Structured;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

public sealed class AwaitedMulticastTests : RuleTest<AwaitedMulticastAnalyzer>
{
    private const string Members =
        """
        public delegate Task AsyncHandler(object sender, EventArgs e);
        public event Func<Task>? Changed;
        public event Func<string, Task<bool>>? Asked;
        public event Func<int, ValueTask>? Counted;
        public event AsyncHandler? Closing;
        internal event Func<Task>? Opened;
        protected event Func<Task> Ended = null!;
        private event Func<Task>? Inner;
        private event Func<Task>? Once;
        Func<Task>? _steps;
        Func<Task>? _step;
        Func<string, Task>? Log { get; set; }
        static Func<Task>? s_all;
        public event Action? Notified;
        public event EventHandler? Raised;
        C() { Once += () => Task.CompletedTask; }
        void Add(Func<Task> step) { Inner += step; _steps += step; s_all += step; Log += _ => Task.CompletedTask; _step = step; Log += _ => Task.CompletedTask; }
        void Hold(object? x) { }

        """;

    private static string In(string code, string head = "async Task M(string name, Func<Task> given)") =>
        Members + head + "\n{\n    " + code + "\n}";

    [Theory]
    [InlineData("await [|Changed()|];")]
    [InlineData("await [|Changed.Invoke()|];")]
    [InlineData("await ([|Changed?.Invoke()|] ?? Task.CompletedTask);")]
    [InlineData("if (Changed != null) await [|Changed()|];")]
    [InlineData("if (Changed is { } handlers) await [|handlers()|];")]
    [InlineData("var handlers = Changed; if (handlers != null) await [|handlers()|];")]
    [InlineData("var handlers = Changed; if (handlers is not null) await [|handlers.Invoke()|];")]
    [InlineData("if (await [|Asked!(name)|]) Hold(1);")]
    [InlineData("await [|Counted!(1)|];")]
    [InlineData("await [|Closing!(this, EventArgs.Empty)|];")]
    [InlineData("await [|Opened!()|];")]
    [InlineData("await [|Ended()|];")]
    [InlineData("await [|Inner!()|];")]
    [InlineData("await [|_steps!()|];")]
    [InlineData("await [|s_all!()|];")]
    [InlineData("await [|Log!(name)|];")]
    [InlineData("await [|this.Changed!()|];")]
    [InlineData("if (Changed is Func<Task> handlers) await [|handlers()|];")]

    // Forms in public code: a guard, an invoke in a try, a base method that raises, a result that is used, a loop.
    [InlineData("if (Closing is not null) { try { await [|Closing.Invoke(this, EventArgs.Empty)|]; } catch (Exception ex) { Hold(ex); } }")]
    [InlineData("var closing = Closing; if (closing == null) return; await [|closing(this, EventArgs.Empty)|];")]
    [InlineData("var isDone = Asked != null && await [|Asked.Invoke(name)|]; Hold(isDone);")]
    [InlineData("for (var i = 0; i < 3; i++) { if (Counted != null) await [|Counted(i)|]; }")]
    [InlineData("Func<Task> raise = async () => await [|Changed!()|]; await raise();")]
    [InlineData("await Task.WhenAll([|Changed!()|], given());")]

    // Kept first.
    [InlineData("var raised = [|Changed!()|]; await raised;")]
    [InlineData("var raised = [|Changed?.Invoke()|]; if (raised is not null) await raised;")]
    [InlineData("Task raised = [|Changed?.Invoke()|] ?? Task.CompletedTask; Hold(1); await raised.ConfigureAwait(false);")]
    [InlineData("if ([|Changed?.Invoke()|] is { } raised) await raised;")]
    [InlineData("Task? raised = null; if (name.Length > 1) raised = [|Changed!()|]; if (raised != null) await raised;")]
    [InlineData("var raised = [|Changed!()|]; await Task.WhenAll(raised, given());")]
    [InlineData("var all = new List<Task>(); all.Add([|Changed!()|]); all.Add(given()); await Task.WhenAll(all);")]
    public Task Raise_ThatIsAwaited_IsReported(string code) => Reports(In(code));

    [Theory]
    [InlineData("foreach (Func<Task> handler in Changed!.GetInvocationList()) await handler();")]
    [InlineData("foreach (var handler in Changed!.GetInvocationList().Cast<Func<Task>>()) await handler();")]
    [InlineData("await Task.WhenAll(Changed!.GetInvocationList().Cast<Func<Task>>().Select(handler => handler()));")]
    [InlineData("if (Changed?.GetInvocationList().Length == 1) await Changed();")]
    [InlineData("Notified?.Invoke(); await Task.Yield();")]
    [InlineData("Raised?.Invoke(this, EventArgs.Empty); await Task.Yield();")]
    [InlineData("await given();")]
    [InlineData("await _step!();")]
    [InlineData("await Once!();")]
    [InlineData("_ = Changed!(); await Task.Yield();")]
    [InlineData("Changed += given; await Task.Yield();")]
    [InlineData("Hold(Changed!()); await Task.Yield();")]
    [InlineData("Changed!(); await Task.Yield();")]
    [InlineData("var all = new List<Func<Task>> { given }; foreach (var one in all) await one();")]
    [InlineData("Func<Task> local = given; await local();")]
    [InlineData("var raised = Changed!(); Hold(raised.IsCompleted); await Task.Yield();")]
    [InlineData("var raised = Changed!(); Hold(raised); await Task.Yield();")]
    [InlineData("var raised = given(); await raised;")]
    [InlineData("Task raised = Changed!(); raised = given(); await raised;")]

    // Forms in public code.
    [InlineData(
        "var tasks = Closing!.GetInvocationList().OfType<AsyncHandler>().Select(h => h(this, EventArgs.Empty)); await Task.WhenAll(tasks);")]
    [InlineData("if (Changed != null) await Task.WhenAll(Array.ConvertAll(Changed.GetInvocationList(), h => ((Func<Task>)h)()));")]
    [InlineData("var callback = name.Length > 0 ? given : null; if (callback != null) await callback();")]
    [InlineData("async Task Local() => await given(); await Local();")]
    [InlineData("await new Dictionary<string, Func<Task>>()[name]();")]
    public Task Call_OfOneHandler_IsSilent(string code) => Silent(In(code));

    [Fact]
    public Task Raise_ThatIsReturned_IsReported() => Reports(
        Members +
        """
        Task A() => [|Changed?.Invoke()|] ?? Task.CompletedTask;
        Task B() => Changed is { } handlers ? [|handlers()|] : Task.CompletedTask;
        Task<bool> D(string name) { return [|Asked!(name)|]; }
        """);

    [Fact]
    public Task Raise_WithConfigureAwait_IsReportedAtTheCall() => Reports(In("await [|Changed!()|].ConfigureAwait(false);"));
}
