using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Awaitables;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Awaitables;

public sealed class AwaiterProtocolTests : RuleTest<AwaiterProtocolAnalyzer>
{
    private static RuleTestOptions Awaiters { get; } = RuleTestOptions.Default with { ExtraUsings = ["System.Runtime.CompilerServices"] };

    private static string Awaiter(string members, string kind = "class A : ICriticalNotifyCompletion") =>
        $"{kind} {{ Action? _next; bool _done; {members} }}";

    // Reported

    [Theory]
    [InlineData("class [|A|] : INotifyCompletion")]
    [InlineData("struct [|A|] : INotifyCompletion")]
    [InlineData("sealed class [|A|] : INotifyCompletion, IDisposable")]
    [InlineData("record struct [|A|] : INotifyCompletion")]
    [InlineData("class [|A<T>|] : INotifyCompletion where T : class")]
    public Task WithoutUnsafeOnCompleted_IsReported(string kind) =>
        Reports(Awaiter(
        "public bool IsCompleted => _done; public void GetResult() { } public void OnCompleted(Action c) => _next = c; public void Dispose() { }",
            kind.Replace("[|A<T>|]", "[|A|]<T>")), Awaiters);

    [Theory]
    [InlineData("public void [|OnCompleted|](Action c) => c(); public void UnsafeOnCompleted(Action c) => _next = c;")]
    [InlineData("public void OnCompleted(Action c) => _next = c; public void [|UnsafeOnCompleted|](Action c) => c();")]
    [InlineData("public void [|OnCompleted|](Action c) { c.Invoke(); } public void UnsafeOnCompleted(Action c) => _next = c;")]
    [InlineData(
        "public void [|OnCompleted|](Action c) { _next = c; c(); } public void [|UnsafeOnCompleted|](Action c) { Console.WriteLine(); c(); }")]
    [InlineData(
        "void INotifyCompletion.[|OnCompleted|](Action c) => c(); void ICriticalNotifyCompletion.UnsafeOnCompleted(Action c) => _next = c;")]
    [InlineData(
        "public void [|OnCompleted|](Action c) { try { c(); } finally { _done = true; } } public void UnsafeOnCompleted(Action c) => _next = c;")]
    [InlineData("public void [|OnCompleted|](Action c) { lock (this) { c(); } } public void UnsafeOnCompleted(Action c) => _next = c;")]
    [InlineData("public void [|OnCompleted|](Action c) { c?.Invoke(); } public void UnsafeOnCompleted(Action c) => _next = c;")]
    public Task ContinuesInline_IsReported(string members) =>
    Reports(Awaiter("public bool IsCompleted => _done; public void GetResult() { }" + members), Awaiters);

    [Theory]
    [InlineData("public void [|GetResult|]() { Thread.Sleep(10); }")]
    [InlineData("ManualResetEventSlim _e = new(); public void [|GetResult|]() => _e.Wait();")]
    [InlineData("ManualResetEvent _e = new(false); public int [|GetResult|]() { _e.WaitOne(); return 1; }")]
    [InlineData("SemaphoreSlim _s = new(0); public void [|GetResult|]() { _s.Wait(); }")]
    [InlineData("Thread _t = new(() => { }); public void [|GetResult|]() => _t.Join();")]
    [InlineData("public string [|GetResult|]() => File.ReadAllText(\"a\");")]
    [InlineData("CountdownEvent _e = new(1); public void [|GetResult|]() { Console.WriteLine(); _e.Wait(); }")]
    public Task GetResultBlocks_IsReported(string members) =>
    Reports(Awaiter(
    "public bool IsCompleted => _done; public void OnCompleted(Action c) => _next = c; public void UnsafeOnCompleted(Action c) => _next = c;" +
        members), Awaiters);

    // From real code

    [Fact]
    public Task TimeSpanAwaiter_IsReported() => Reports(
        """
        struct [|Pause|] : INotifyCompletion
        {
            public TimeSpan Span;
            public Pause GetAwaiter() => this;
            public bool IsCompleted => false;
            public void GetResult() { }
            public void OnCompleted(Action continuation) { var timer = new Timer(_ => continuation()); timer.Change(Span, Timeout.InfiniteTimeSpan); }
        }
        """, Awaiters);

    [Fact]
    public Task UnityCoroutine_IsReported() => Reports(
        """
        class [|SimpleAwaiter|] : INotifyCompletion
        {
            Action? _continuation;
            public bool IsCompleted { get; private set; }
            public void GetResult() { }
            public void Complete() { IsCompleted = true; _continuation?.Invoke(); }
            void INotifyCompletion.OnCompleted(Action continuation) { _continuation = continuation; }
        }
        """, Awaiters);

    [Fact]
    public Task ThreadSwitch_IsReported() =>
    Reports(
    "struct ToPool : ICriticalNotifyCompletion { public bool IsCompleted => Thread.CurrentThread.IsThreadPoolThread; public void GetResult() { } public void OnCompleted(Action c) => ThreadPool.QueueUserWorkItem(_ => c()); public void [|UnsafeOnCompleted|](Action c) => c(); }",
        Awaiters);

    [Fact]
    public Task FakeOfATest_IsReported() =>
    Reports(
    "class Never : ICriticalNotifyCompletion { public bool IsCompleted { get; set; } public int GetResult() => 0; public void [|OnCompleted|](Action continuation) { continuation(); } public void [|UnsafeOnCompleted|](Action continuation) { continuation(); } }",
        Awaiters);

    [Fact]
    public Task TwoFaults_AreTwoReports() =>
    Reports(
    "class [|A|] : INotifyCompletion { public bool IsCompleted => false; public void [|GetResult|]() => Thread.Sleep(1); public void [|OnCompleted|](Action c) => c(); }",
        Awaiters);

    // Silent

    [Theory]
    [InlineData(
        "public bool IsCompleted => _done; public void GetResult() { } public void OnCompleted(Action c) => _next = c; public void UnsafeOnCompleted(Action c) => _next = c;")]
    [InlineData(
        "public bool IsCompleted => true; public void GetResult() { } public void OnCompleted(Action c) => c(); public void UnsafeOnCompleted(Action c) => c();")]
    [InlineData(
        "public bool IsCompleted { get { return true; } } public void GetResult() { } public void OnCompleted(Action c) => c(); public void UnsafeOnCompleted(Action c) => c();")]
    [InlineData(
        "public bool IsCompleted => _done; public void GetResult() { } public void OnCompleted(Action c) => Task.Run(c); public void UnsafeOnCompleted(Action c) => ThreadPool.UnsafeQueueUserWorkItem(_ => c(), null);")]
    [InlineData(
        "public bool IsCompleted => _done; public void GetResult() { } public void OnCompleted(Action c) { if (_done) c(); else _next = c; } public void UnsafeOnCompleted(Action c) => _next = c;")]
    [InlineData(
        "public bool IsCompleted => _done; public void GetResult() { } public void OnCompleted(Action c) => _next = () => c(); public void UnsafeOnCompleted(Action c) => _next = c;")]
    [InlineData(
        "Task _t = null!; public bool IsCompleted => _done; public void GetResult() => _t.GetAwaiter().GetResult(); public void OnCompleted(Action c) => _next = c; public void UnsafeOnCompleted(Action c) => _next = c;")]
    [InlineData(
        "Task<int> _t = null!; public bool IsCompleted => _t.IsCompleted; public int GetResult() => _t.Result; public void OnCompleted(Action c) => _t.GetAwaiter().OnCompleted(c); public void UnsafeOnCompleted(Action c) => _t.GetAwaiter().UnsafeOnCompleted(c);")]
    [InlineData(
        "ManualResetEventSlim _e = new(); public bool IsCompleted => _done; public void GetResult() { if (!_done) _e.Wait(); } public void OnCompleted(Action c) => _next = c; public void UnsafeOnCompleted(Action c) => _next = c;")]
    [InlineData(
        "public bool IsCompleted => _done; public void GetResult() { if (_done) throw new InvalidOperationException(); } public void OnCompleted(Action c) => _next = c; public void UnsafeOnCompleted(Action c) => _next = c;")]
    [InlineData(
        "ManualResetEventSlim _e = new(); public bool IsCompleted => _done; public void GetResult() { _e.Wait(0); } public void OnCompleted(Action c) => _next = c; public void UnsafeOnCompleted(Action c) => _next = c;")]
    [InlineData(
        "public bool IsCompleted => _done; public void GetResult() { lock (this) { } } public void OnCompleted(Action c) => _next = c; public void UnsafeOnCompleted(Action c) => _next = c;")]
    [InlineData(
        "public bool IsCompleted => _done; public void GetResult() { } public void OnCompleted(Action c) => Post(c); public void UnsafeOnCompleted(Action c) => Post(c); void Post(Action c) => c();")]
    [InlineData(
        "public bool IsCompleted => _done; public void GetResult() { } public void OnCompleted(Action c) { _next = c; } public void UnsafeOnCompleted(Action c) { _next = c; } public void Complete(Action c) => c();")]
    public Task WithinTheProtocol_IsSilent(string members) => Silent(Awaiter(members), Awaiters);

    // From real code

    [Fact]
    public Task WrapperOfATaskAwaiter_IsSilent() =>
    Silent(
    "readonly struct W : ICriticalNotifyCompletion { readonly TaskAwaiter _inner; public bool IsCompleted => _inner.IsCompleted; public void GetResult() => _inner.GetResult(); public void OnCompleted(Action c) => _inner.OnCompleted(c); public void UnsafeOnCompleted(Action c) => _inner.UnsafeOnCompleted(c); }",
        Awaiters);

    [Fact]
    public Task ContextSwitch_IsSilent() =>
    Silent(
    "struct OnContext : ICriticalNotifyCompletion { public SynchronizationContext Context; public bool IsCompleted => SynchronizationContext.Current == Context; public void GetResult() { } public void OnCompleted(Action c) => Context.Post(s => ((Action)s!)(), c); public void UnsafeOnCompleted(Action c) => OnCompleted(c); }",
        Awaiters);

    [Fact]
    public Task DetachContext_IsSilent() =>
    Silent(
    "struct Detach : ICriticalNotifyCompletion { public bool IsCompleted => SynchronizationContext.Current == null; public void GetResult() { } public void OnCompleted(Action c) => ThreadPool.QueueUserWorkItem(s => c()); public void UnsafeOnCompleted(Action c) => ThreadPool.UnsafeQueueUserWorkItem(s => c(), null); }",
        Awaiters);

    [Fact]
    public Task NoAwaiter_IsSilent() =>
    Silent(
    "class Source : INotifyCompletion { public void OnCompleted(Action c) => c(); } class Plain { public void GetResult() => Thread.Sleep(1); public void OnCompleted(Action c) => c(); } interface IAwaiter : INotifyCompletion { void GetResult(); }",
        Awaiters);

    [Fact]
    public Task DerivedOfACriticalOne_IsSilent() =>
    Silent(
    "abstract class B : ICriticalNotifyCompletion { public abstract void OnCompleted(Action c); public abstract void UnsafeOnCompleted(Action c); public void GetResult() { } } class D : B { public override void OnCompleted(Action c) => Task.Run(c); public override void UnsafeOnCompleted(Action c) => Task.Run(c); public new void GetResult() { } }",
        Awaiters);

    [Fact]
    public Task GeneratedCode_IsSilent() =>
    Silent(
    "// <auto-generated/>\nusing System;\nclass A : System.Runtime.CompilerServices.INotifyCompletion { public bool IsCompleted { get { return false; } } public void GetResult() { } public void OnCompleted(Action c) { c(); } }",
        RuleTestOptions.File);
}
