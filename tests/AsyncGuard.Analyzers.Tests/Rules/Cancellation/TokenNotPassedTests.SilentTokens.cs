using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

/// <summary>Tokens that are not in scope for AGD0301.</summary>
public sealed partial class TokenNotPassedTests
{
    [Fact]
    public Task LocalToken_NotAssignedForSure_IsSilent() => Silent(
        """
        async Task M(bool x, object o, Func<CancellationToken> make)
        {
            CancellationToken later;
            if (x) later = make();
            if (o is not CancellationToken found) await Task.Delay(1);
            await Task.Delay(1);
            var after = make();
            { var inner = make(); }
        }
        """);

    [Fact]
    public Task LocalToken_BeingDeclared_IsSilent() => Silent(
        """
        void M() { var token = Make(); var other = Make2(() => { }); }
        CancellationToken Make(CancellationToken parent = default) => parent;
        CancellationToken Make2(Action a, CancellationToken parent = default) => parent;
        """);

    [Fact]
    public Task LocalToken_OfSwitchSection_IsSilent() => Silent(
        """
        async Task M(int x, Func<CancellationToken> make)
        {
            switch (x)
            {
                case 1: var token = make(); break;
                default: await Task.Delay(1); break;
            }
        }
        """);

    [Fact]
    public Task LocalToken_Constant_IsSilent() => Silent(
        """
        async Task M()
        {
            var none = CancellationToken.None;
            CancellationToken zero = default;
            var cancelled = new CancellationToken(true);
            await Task.Delay(1);
        }
        """);

    [Fact]
    public Task LocalSource_CancelledAround_IsSilent() => Silent(
        """
        async Task M(Func<CancellationToken, Task> work)
        {
            var source = new CancellationTokenSource();
            var token = source.Token;
            var running = work(token);
            await Task.Delay(1);
            source.Cancel();
            await running;
        }
        """);

    [Fact]
    public Task Token_OfAnotherScope_IsSilent() => Silent(
        """
        static CancellationTokenSource s_all = new();
        readonly CancellationToken _stopping;
        static Task A() => Task.Delay(1);
        C() { Task.Delay(1); }
        Task _first = Task.Delay(1);
        public class Inner { Task M() => Task.Delay(1); }
        public class Sub { private protected Task M() => Task.Delay(1); }
        Task B(string _stopping) => Task.Delay(1);
        """);

    [Fact]
    public Task Token_PrivateInBaseClass_IsSilent() => Silent(
        """
        public class Worker { private readonly CancellationToken _stopping; }
        public class Sub : Worker { Task M() => Task.Delay(1); }
        """);

    [Fact]
    public Task Source_ReplacedPerOperation_IsSilent() => Silent(
        """
        CancellationTokenSource _search = new();
        CancellationTokenSource? _maybe;
        void Restart() { _search.Cancel(); _search = new(); _maybe = null; }
        Task M() => Task.Delay(1);
        """);

    [Fact]
    public Task Source_CancelledInTheSameMethod_IsSilent() => Silent(
        """
        readonly CancellationTokenSource _stopping = new();
        async Task EndAsync() { _stopping.Cancel(); await Task.Delay(1); }
        async Task KillAsync() { this._stopping?.Cancel(); await Task.Delay(1); }
        """);

    [Fact]
    public Task StopAsync_WithFieldToken_IsSilent() => Silent(
        """
        readonly CancellationToken _stopping;
        public Task StopAsync() => Task.Delay(1);
        public Task CloseConnectionAsync() => Task.Delay(1);
        """);

    [Fact]
    public Task Struct_FieldInLambda_IsSilent() => Silent(
        """
        struct Worker { CancellationToken _stopping; Task M() => Task.WhenAll(new[] { 1 }.Select(x => Task.Delay(x))); }
        """);

    [Fact]
    public Task Parameter_ByReference_IsSilentWhereItCannotBeCaptured() => Silent(
        """
        void A(in CancellationToken token) => Array.ForEach(new[] { 1 }, x => Work(x));
        void B(out CancellationToken token) { Work(1); token = default; }
        void Work(int x, CancellationToken token = default) { }
        """);

    [Fact]
    public Task Parameter_ThatMayBeNull_IsSilent() => Silent(
        """
        public class Request { public CancellationToken CancellationToken { get; set; } }
        Task M(Request? request) => Task.Delay(1);
        """);

    [Fact]
    public Task Parameter_WithAnUnknownToken_IsSilent() => Silent(
        """
        public class Peer { public CancellationToken Closed { get; } }
        public class Two { public CancellationToken CancellationToken { get; } public CancellationToken Other { get; } }
        Task A(Peer peer) => Task.Delay(1);
        Task B(Two two) => Task.Delay(1);
        Task D(OperationCanceledException exception, CancellationTokenRegistration registration, TaskFactory factory) => Task.Delay(1);
        """);

    [Theory]
    [InlineData("public CancellationToken Aborted => _abort.Token;")]
    [InlineData("public CancellationToken Aborted { get => _abort.Token; }")]
    [InlineData("public CancellationToken Aborted { get { return this._abort.Token; } }")]
    public Task Property_OfASourceThatIsForOthers_IsSilent(string property) => Silent(
        $$"""
        class Clock
        {
            private readonly CancellationTokenSource _abort = new();
            {{property}}
            public void AbortLater(int time) => _abort.CancelAfter(time);
            public async Task Write() => await Task.Delay(1);
        }
        class Sender
        {
            private readonly CancellationTokenSource _abort = new();
            {{property}}
            public async Task Send() => await Task.Delay(1, _abort.Token);
            public async Task Receive() => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task Exception_HoldingItsToken_IsSilent() => Silent(
        """
        public class Stopped : OperationCanceledException { public Task M() => Task.Delay(1); }
        """);
}
