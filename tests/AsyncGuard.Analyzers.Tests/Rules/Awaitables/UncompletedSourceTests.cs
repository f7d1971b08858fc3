using System.Threading.Tasks;
using AsyncGuard.Fixes.Awaitables;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Awaitables;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Awaitables;

public sealed class UncompletedSourceTests : RuleTest<UncompletedSourceAnalyzer, UncompletedSourceFix>
{
    private const string Members =
        "\nevent EventHandler<string>? Done; int Parse(string s) => int.Parse(s); Task<int> LoadAsync() => Task.FromResult(1); void On(Action<string> a) { } void Log(object o) { }";

    private static RuleTestOptions Channels { get; } = RuleTestOptions.Default with { ExtraUsings = ["System.Threading.Channels"] };

    // Reported: callbacks

    [Theory]
    [InlineData("On(x => s.SetResult(Parse(x)));")]
    [InlineData("On(x => { var n = int.Parse(x); s.SetResult(n); });")]
    [InlineData("On(x => { if (x.Length == 0) throw new IOException(); s.TrySetResult(1); });")]
    [InlineData("Done += (_, x) => { s.SetResult(int.Parse(x)); };")]
    [InlineData("Task.Run(() => { var n = Parse(\"1\"); s.SetResult(n); });")]
    [InlineData("Task.Run(async () => { var n = await LoadAsync(); s.SetResult(n); });")]
    [InlineData("Task.Run(async () => s.SetResult(await LoadAsync()));")]
    [InlineData("new Thread(() => { s.SetResult(Parse(File.ReadAllText(\"a\"))); }).Start();")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => { try { s.SetResult(Parse(\"1\")); } catch (Exception e) { Log(e); } });")]
    [InlineData("On(x => { object o = x; s.SetResult(((string)o).Length); });")]
    [InlineData("On(Handle); void Handle(string x) { s.SetResult(Parse(x)); }")]
    [InlineData("LoadAsync().ContinueWith(t => s.SetResult(t.Result));")]
    [InlineData("Func<int> f = () => 1; On(x => { s.SetResult(f()); });")]
    [InlineData("On(x => { foreach (var part in x.Split(',')) Parse(part); s.SetResult(1); });")]
    [InlineData("On(x => { Take(x); s.SetResult(1); }); void Take(string text) => Inner(text); void Inner(string text) => Parse(text);")]
    [InlineData(
        "On(x => { Require(x); s.SetResult(1); }); void Require(string text) { if (text != \"ok\") throw new InvalidOperationException(text); }")]
    [InlineData("On(x => { var first = x.Split(',').First(); s.SetResult(first.Length); });")]
    [InlineData("On(x => { var kind = Enum.Parse<DayOfWeek>(x); s.SetResult((int)kind); });")]
    [InlineData("On(x => { if (x.Length == 0) throw new ArgumentException(x); s.SetResult(1); });")]
    public Task CallbackThatMayFail_IsReported(string body) =>
    Reports(
    $"Task<int> M() {{ var s = [|new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously)|]; {body} return s.Task; }}" +
        Members);

    // Reported: handlers that swallow

    [Theory]
    [InlineData("try { s.SetResult(Parse(\"1\")); } catch (Exception e) { Log(e); }")]
    [InlineData("try { var n = Parse(\"1\"); s.SetResult(n); } catch { }")]
    [InlineData("try { var n = await LoadAsync(); s.SetResult(n); } catch (IOException e) { Log(e); }")]
    public Task SwallowedFailure_IsReported(string body) =>
    Reports(
    $"async Task<int> M() {{ var s = [|new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously)|]; {body} return await s.Task; }}" +
        Members);

    // Reported: channels

    [Theory]
    [InlineData("async Task Produce(ChannelWriter<int> w) { w.TryWrite(await LoadAsync()); [|w.Complete()|]; }")]
    [InlineData(
        "async Task Produce(ChannelWriter<int> w) { foreach (var n in new[] { 1 }) await w.WriteAsync(await LoadAsync()); [|w.TryComplete()|]; }")]
    [InlineData(
        "readonly Channel<int> _c = Channel.CreateBounded<int>(1); async Task Produce() { while (await LoadAsync() > 0) await _c.Writer.WriteAsync(1); [|_c.Writer.Complete()|]; }")]
    [InlineData(
        "void M() { var c = Channel.CreateBounded<int>(1); _ = Task.Run(async () => { await foreach (var l in File.ReadLinesAsync(\"a\")) await c.Writer.WriteAsync(Parse(l)); [|c.Writer.Complete()|]; }); }")]
    [InlineData(
        "async Task Produce(ChannelWriter<int> w) { try { await w.WriteAsync(await LoadAsync()); [|w.Complete()|]; } catch (IOException e) { Log(e); } }")]
    public Task WriterLeftOpen_IsReported(string member) => Reports(member + Members, Channels);

    // From real code

    [Fact]
    public Task FieldCompletedByAHandler_IsReported() => Reports(
        """
        private readonly TaskCompletionSource<int> _ready = [|new(TaskCreationOptions.RunContinuationsAsynchronously)|];
        public Task<int> Ready => _ready.Task;
        private void OnLine(object? sender, string line) { if (line.StartsWith("port ")) { var port = int.Parse(line.Substring(5)); _ready.TrySetResult(port); } }
        """ + Members);

    [Fact]
    public Task ProcessOutput_IsReported() => Reports(
        """
        Task<int> Run(System.Diagnostics.Process p)
        {
            var exit = [|new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously)|];
            p.Exited += (_, _) =>
            {
                var text = p.StandardOutput.ReadToEnd();
                exit.SetResult(int.Parse(text));
            };
            return exit.Task;
        }
        """);

    [Fact]
    public Task Dispatcher_IsReported() =>
    Reports(
    "Task<T> Invoke<T>(Func<T> work, Action<Action> post) { var s = [|new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously)|]; post(() => s.SetResult(work())); return s.Task; }");

    [Fact]
    public Task PendingRequest_IsReported() =>
    Reports(
    "Task<string> Ask(Action<Action<byte[]>> send) { var s = [|new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously)|]; send(bytes => { var message = System.Text.Json.JsonSerializer.Deserialize<string>(bytes); s.SetResult(message!); }); return s.Task; }");

    [Fact]
    public Task WorkItem_IsReported() =>
    Reports(
    "Task<int> Queue(Func<Task<int>> work, List<Func<Task>> queue) { var s = [|new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously)|]; queue.Add(async () => { var r = await work(); s.TrySetResult(r); }); return s.Task; }");

    // Silent

    [Theory]
    [InlineData("On(x => s.SetResult(1));")]
    [InlineData("On(x => { Log(x); s.TrySetResult(x.Length); });")]
    [InlineData("On(x => { try { s.SetResult(Parse(x)); } catch (Exception e) { s.SetException(e); } });")]
    [InlineData("On(x => { try { s.SetResult(Parse(x)); } catch (Exception e) { s.TrySetException(e); } });")]
    [InlineData("On(x => { try { Parse(x); } finally { s.SetResult(1); } });")]
    [InlineData("On(x => { try { Parse(x); } catch { } s.SetResult(1); });")]
    [InlineData("On(x => { try { s.SetResult(Parse(x)); } catch { s.TrySetResult(0); } }); s.TrySetCanceled();")]
    [InlineData("On(x => s.SetResult(Parse(x))); Done += (_, e) => s.TrySetException(new IOException(e));")]
    [InlineData("var n = Parse(\"1\"); s.SetResult(n);")]
    [InlineData("try { s.SetResult(Parse(\"1\")); } catch (Exception e) { Log(e); throw; }")]
    [InlineData("On(x => s.SetResult(Parse(x))); Keep(s); void Keep(object o) { }")]
    [InlineData("var t = Task.WhenAny(s.Task, Task.Delay(10)); On(x => s.SetResult(Parse(x)));")]
    [InlineData("On(x => s.SetResult(Parse(x))); s.Task.Wait(100);")]
    [InlineData("On(x => { if (x == \"a\") { Parse(x); return; } s.SetResult(1); });")]
    [InlineData("On(async x => { await Task.Delay(1); s.SetResult(1); });")]
    [InlineData("On(x => { if (int.TryParse(x, out var n)) s.SetResult(n); });")]
    [InlineData("On(x => { SendLog(x); s.SetResult(1); }); void SendLog(string text) { }")]
    [InlineData("On(x => { ProcessNext(x); s.SetResult(1); }); int ProcessNext(string text) => text.Length;")]
    [InlineData(
        "On(x => { Check(x); s.SetResult(1); }); void Check(string text) { ArgumentNullException.ThrowIfNull(text); if (text.Length == 0) throw new ArgumentException(text); }")]
    [InlineData(
        "On(x => { Forgiving(x); s.SetResult(1); }); void Forgiving(string text) { try { int.Parse(text); } catch (FormatException) { } }")]
    [InlineData("On(x => { Later(x); s.SetResult(1); }); Action Later(string text) => () => int.Parse(text);")]
    [InlineData("On(x => { CreateName(x); s.SetResult(1); }); string CreateName(string text) => text + 1;")]
    public Task CompletedOrHarmless_IsSilent(string body) =>
    Silent(
    $"Task<int> M() {{ var s = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously); {body} return s.Task; }}" +
        Members);

    [Theory]
    [InlineData("async Task Produce(ChannelWriter<int> w) { try { w.TryWrite(await LoadAsync()); } finally { w.Complete(); } }")]
    [InlineData(
        "async Task Produce(ChannelWriter<int> w) { try { w.TryWrite(await LoadAsync()); w.Complete(); } catch (Exception e) { w.Complete(e); } }")]
    [InlineData(
        "async Task Produce(ChannelWriter<int> w) { Exception? f = null; try { w.TryWrite(await LoadAsync()); } catch (Exception e) { f = e; } w.Complete(f); }")]
    [InlineData("void Stop(ChannelWriter<int> w) { w.Complete(); }")]
    [InlineData("void Produce(ChannelWriter<int> w) { w.TryWrite(1); w.Complete(); }")]
    [InlineData("async Task Stop(ChannelWriter<int> w) { await LoadAsync(); w.Complete(); }")]
    [InlineData(
        "async Task Produce(ChannelWriter<int> w) { try { w.TryWrite(await LoadAsync()); } catch (IOException e) { Log(e); } w.Complete(); }")]
    public Task WriterAlwaysCompleted_IsSilent(string member) => Silent(member + Members, Channels);

    // From real code

    [Fact]
    public Task RegistrationOfAToken_IsSilent() =>
    Silent(
    "async Task M(CancellationToken t) { var s = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously); using (t.Register(() => s.TrySetCanceled(t))) { On(x => { Parse(x); s.TrySetResult(); }); await s.Task; } }" +
        Members);

    [Fact]
    public Task StateObject_IsSilent() =>
    Silent(
    "Task M(CancellationToken t) { var s = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously); t.Register(state => ((TaskCompletionSource<bool>)state!).TrySetResult(true), s); return s.Task; }");

    [Fact]
    public Task InDictionary_IsSilent() =>
    Silent(
    "readonly Dictionary<int, TaskCompletionSource<string>> _all = new(); Task<string> Ask(int id) { var s = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously); _all[id] = s; return s.Task; }");

    [Fact]
    public Task PublicField_IsSilent() =>
    Silent("public readonly TaskCompletionSource<int> Ready = new(); void On2(string s) { Ready.SetResult(int.Parse(s)); }");

    [Fact]
    public Task TimeLimit_IsSilent() =>
    Silent(
    "async Task<int> M() { var s = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously); On(x => s.SetResult(Parse(x))); return await s.Task.WaitAsync(TimeSpan.FromSeconds(1)); }" +
        Members);

    // A build stops at the warning; the source that is left open is seen once that is mended.
    [Fact]
    public Task SourceThatContinuesInline_IsLeftToAnotherRule() =>
    Silent("Task<int> M() { var s = new TaskCompletionSource<int>(); On(x => s.SetResult(Parse(x))); return s.Task; }" + Members);

    // Fixes

    [Fact]
    public Task Fix_OfACallback_CatchesInIt() => Fixes(
        """
        Task<int> M()
        {
            var s = [|new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously)|];
            On(x =>
            {
                var n = int.Parse(x);
                s.SetResult(n);
            });
            return s.Task;
        }
        """ + Members,
        """
        Task<int> M()
        {
            var s = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            On(x =>
            {
                try
                {
                    var n = int.Parse(x);
                    s.SetResult(n);
                }
                catch (Exception exception)
                {
                    s.TrySetException(exception);
                }
            });
            return s.Task;
        }
        """ + Members);

    [Fact]
    public Task Fix_OfAHandler_SetsTheException() => Fixes(
        "async Task<int> M() { var s = [|new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously)|]; try { s.SetResult(Parse(\"1\")); } catch (Exception e) { Log(e); } return await s.Task; }" +
            Members,
        "async Task<int> M() { var s = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously); try { s.SetResult(Parse(\"1\")); } catch (Exception e) { Log(e); s.TrySetException(e); } return await s.Task; }" +
            Members);

    [Theory]
    [InlineData(
        "Task<int> M() { var s = [|new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously)|]; On(x => s.SetResult(Parse(x))); return s.Task; }")]
    [InlineData(
        "async Task<int> M() { var s = [|new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously)|]; try { s.SetResult(Parse(\"1\")); } catch (IOException e) { Log(e); } return await s.Task; }")]
    public Task OtherForms_HaveNoFix(string member) => NoFix(member + Members);
}
