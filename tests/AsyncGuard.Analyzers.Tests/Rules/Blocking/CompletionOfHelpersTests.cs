using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

/// <summary>
/// AGD0102 and tasks that are picked out of a collection, awaited in a local function or lambda, or that are the result of another task.
/// </summary>
public sealed class CompletionOfHelpersTests : RuleTest<BlockingWaitAnalyzer, BlockingWaitFix>
{
    private const string Members = "\nstatic Task<int> RunAsync() => Task.Run(() => 1); void Use(object o) { }";

    private static string Tasks(string body) =>
        "async Task M(Task<int>[] ts, List<Task<int>> us, int i) { await Task.Yield(); " + body + " }" + Members;

    private static string Captured(string body) =>
        "async Task M(Task<int> t, Task<int> s, bool b) { await Task.Yield(); " + body + " }" + Members;

    private static string Nested(string body) =>
        "async Task M(Task<Task<int>> t, Task<Task<int>> s) { await Task.Yield(); " + body + " }" + Members;

    // Picked because it is this task, or because it is complete

    [Theory]
    [InlineData("var w = await Task.WhenAny(ts); Use(ts[Array.IndexOf(ts, w)].Result);")]
    [InlineData("var w = await Task.WhenAny(us); Use(us[us.IndexOf(w)].Result);")]
    [InlineData("var w = await Task.WhenAny(us).ConfigureAwait(false); var at = us.IndexOf(w); Use(us[at].Result);")]
    [InlineData("var w = await Task.WhenAny(ts); var at = Array.IndexOf(ts, w); Use(ts[at].Result);")]
    [InlineData("var w = await Task.WhenAny(ts); var t = ts[Array.IndexOf(ts, w)]; Use(t.Result);")]
    [InlineData("var w = await Task.WhenAny(us); Use(us[us.FindIndex(t => t == w)].Result);")]
    [InlineData("var w = await Task.WhenAny(us); Use(us.First(t => t == w).Result);")]
    [InlineData("var w = await Task.WhenAny(us); Use(us.Single(t => w == t).Result);")]
    [InlineData("Use(us[us.FindIndex(t => t.IsCompleted)].Result);")]
    [InlineData("Use(ts[Array.FindIndex(ts, t => t.IsCompleted)].Result);")]
    [InlineData("Use(us.First(t => t.IsCompletedSuccessfully).Result);")]
    [InlineData("Use(us.Find(t => t.IsCompleted)!.Result);")]
    [InlineData("Use(us.FirstOrDefault(t => t.IsCompleted)?.Result);")]
    [InlineData("await us[0]; Use(us[us.IndexOf(us[0])].Result);")]
    public Task PickedTask_ThatIsComplete_IsSilent(string body) => Silent(Tasks(body));

    [Theory]
    [InlineData("var w = await Task.WhenAny(ts); Use([|ts[Array.IndexOf(ts, w) + 1].Result|]);")]
    [InlineData("var w = await Task.WhenAny(ts); Use([|us[Array.IndexOf(ts, w)].Result|]);")]
    [InlineData("var w = ts[i]; Use([|ts[Array.IndexOf(ts, w)].Result|]);")]
    [InlineData("var w = await Task.WhenAny(us); w = us[0]; Use([|us[us.IndexOf(w)].Result|]);")]
    [InlineData("var w = await Task.WhenAny(us); var at = us.IndexOf(w); at++; Use([|us[at].Result|]);")]
    [InlineData("var w = await Task.WhenAny(us); Use([|us.First(t => t != w).Result|]);")]
    [InlineData("Use([|us.First(t => !t.IsCompleted).Result|]);")]
    [InlineData("Use([|us.First(t => t.Id == 1).Result|]);")]
    [InlineData("Use([|us.First(t => us[0].IsCompleted).Result|]);")]
    [InlineData("Use([|us[us.FindIndex(t => t.Id == 1)].Result|]);")]
    public Task PickedTask_ThatMayRun_IsReported(string body) => Reports(Tasks(body));

    // A method that takes a task and a delegate for such a task hands it on when it has ended

    private static string Continued(string body) =>
        """
        interface IContext
        {
            void ReenterAfter<T>(Task<T> task, Func<Task<T>, Task> next);
            void After(Action<Task<int>> next, Task<int> task);
            void Each(Func<Task<int>, int> use);
            void Two(Task<int> task, Func<Task<int>, Task<int>, int> use);
            void Other(Task<string> task, Func<Task<int>, int> use);
        }
        static void Then(Task<int> task, Func<Task<int>, int> next) => task.ContinueWith(next);
        async Task M(IContext context, Task<int> t, Task<int> s, Task<string> text)
        {
            await Task.Yield();
        """ + body + " }" + Members;

    [Theory]
    [InlineData("context.ReenterAfter(RunAsync(), t => { Use(t.Result); return Task.CompletedTask; });")]
    [InlineData("context.ReenterAfter(t, done => { try { Use(done.Result); } catch (Exception) { } return Task.CompletedTask; });")]
    [InlineData("context.ReenterAfter(t, async done => { await Task.Yield(); Use(done.Result); });")]
    [InlineData("context.ReenterAfter(t, done => Task.Run(() => Use(done.Result)));")]
    [InlineData("context.After(done => Use(done.Result), t);")]
    [InlineData("context.After(next: done => Use(done.GetAwaiter().GetResult()), task: t);")]
    [InlineData("Then(t, done => done.Result);")]
    public Task TaskThatIsHandedOn_IsSilent(string body) => Silent(Continued(body));

    [Theory]
    [InlineData("context.ReenterAfter(t, done => { Use([|s.Result|]); return Task.CompletedTask; });")]
    [InlineData("context.ReenterAfter(t, done => { done = s; Use([|done.Result|]); return Task.CompletedTask; });")]
    public Task OtherTaskInsideOfIt_IsReported(string body) => Reports(Continued(body));

    // So many from the start

    [Theory]
    [InlineData("await Task.WhenAll(us.Take(2)); Use(us[0].Result + us[1].Result);")]
    [InlineData("await Task.WhenAll(ts.Take(2)); Use(ts[0].Result);")]
    [InlineData("await Task.WhenAll(us.Take(2).ToArray()); Use(us[1].Result);")]
    [InlineData("await Task.WhenAll(us.Take(1)); Use(us.First().Result);")]
    [InlineData("await us[0]; Use(us.First().Result);")]
    [InlineData("await us[2]; Use(us.ElementAt(2).Result);")]
    [InlineData("await us.First(); Use(us[0].Result);")]
    public Task FirstTasks_ThatWereAwaited_AreSilent(string body) => Silent(Tasks(body));

    [Theory]
    [InlineData("await Task.WhenAll(us.Take(2)); Use([|us[2].Result|]);")]
    [InlineData("await Task.WhenAll(us.Take(i)); Use([|us[0].Result|]);")]
    [InlineData("await Task.WhenAll(us.Skip(1)); Use([|us[0].Result|]);")]
    [InlineData("await Task.WhenAll(us.TakeLast(2)); Use([|us[0].Result|]);")]
    [InlineData("await Task.WhenAll(us.Skip(1).Take(2)); Use([|us[0].Result|]);")]
    [InlineData("await us[1]; Use([|us.First().Result|]);")]
    [InlineData("await us[0]; Use([|us.Last().Result|]);")]
    [InlineData("await us.First(t => t.Id == 1); Use([|us[0].Result|]);")]
    [InlineData("await us.First(); Use([|us[1].Result|]);")]
    public Task TasksBehind_AreReported(string body) => Reports(Tasks(body));

    // Awaited in a local function or a lambda

    [Theory]
    [InlineData("await Wait(); Use(t.Result); async Task Wait() { await t; }")]
    [InlineData("await Wait().ConfigureAwait(false); Use(t.Result); async Task Wait() => await t;")]
    [InlineData("async Task<int> Wait() { Use(1); var x = await t; await s; return x; } await Wait(); Use(t.Result + s.Result);")]
    [InlineData("async Task Wait() { if (b) await t; else await Task.WhenAll(t, s); } await Wait(); Use(t.Result);")]
    [InlineData("async Task Wait() { try { await t; } catch { } } await Wait(); Use(t.Result);")]
    [InlineData("async Task Wait() { await t; } var w = Wait(); Use(1); await w; Use(t.Result);")]
    [InlineData("async Task Wait() { await t; } await Task.WhenAll(Wait(), s); Use(t.Result + s.Result);")]
    [InlineData("async Task Wait() { await Task.WhenAll(t, s); } await Wait(); Use(t.Result + s.Result);")]
    [InlineData("Func<Task> wait = async () => await t; await wait(); Use(t.Result);")]
    [InlineData("Func<Task> wait = async () => { await t; }; await wait.Invoke(); Use(t.Result);")]
    [InlineData("await Task.Run(async () => { await t; }); Use(t.Result);")]
    [InlineData("await Task.Run(async () => await Task.WhenAll(t, s)); Use(t.Result + s.Result);")]
    [InlineData("async Task Wait() { if (t.IsCompleted) return; await t; } await Wait(); Use(t.Result);")]
    public Task Task_ThatALocalFunctionAwaits_IsSilent(string body) => Silent(Captured(body));

    [Theory]
    [InlineData("async Task Wait() { if (b) await t; } await Wait(); Use([|t.Result|]);")]
    [InlineData("async Task Wait() { if (b) return; await t; } await Wait(); Use([|t.Result|]);")]
    [InlineData("async Task Wait() { await s; } await Wait(); Use([|t.Result|]);")]
    [InlineData("async Task Wait() { await t; } var w = Wait(); Use([|t.Result|]); await w;")]
    [InlineData("async Task Wait() { await t; } await Wait(); t = RunAsync(); Use([|t.Result|]);")]
    [InlineData("async Task Wait() { await t; t = RunAsync(); } await Wait(); Use([|t.Result|]);")]
    [InlineData("async Task Wait(Task<int> t) { await t; } await Wait(s); Use([|t.Result|]);")]
    [InlineData("async Task Wait() { await t; } await Task.WhenAny(Wait(), s); Use([|t.Result|]);")]
    [InlineData("async Task Wait() { if (b) await Wait(); } await Wait(); Use([|t.Result|]);")]
    [InlineData("async void Wait() { await t; } Wait(); Use([|t.Result|]);")]
    [InlineData("Func<Task> wait = async () => await t; if (b) wait = () => Task.CompletedTask; await wait(); Use([|t.Result|]);")]
    [InlineData("await Task.Run(async () => { if (b) await t; }); Use([|t.Result|]);")]
    public Task Task_ThatALocalFunctionMayLeave_IsReported(string body) => Reports(Captured(body));

    // The task that is another one's result

    [Theory]
    [InlineData("await await t; Use(t.Result.Result);")]
    [InlineData("await (await t.ConfigureAwait(false)).ConfigureAwait(false); Use(t.Result.Result);")]
    [InlineData("var inner = await t; await inner; Use(t.Result.Result);")]
    [InlineData("var inner = await t; await inner; Use((await t).Result);")]
    [InlineData("await await t; Use((await t).Result);")]
    [InlineData("await t; await t.Result; Use(t.Result.Result);")]
    [InlineData("await t.Unwrap(); Use(t.Result.Result);")]
    [InlineData("await await t; var inner = await t; Use(inner.Result);")]
    [InlineData("await Task.WhenAll(await t, await s); Use(t.Result.Result + s.Result.Result);")]
    public Task InnerTask_ThatWasAwaited_IsSilent(string body) => Silent(Nested(body));

    [Theory]
    [InlineData("await t; Use([|t.Result.Result|]);")]
    [InlineData("await await t; Use([|[|s.Result|].Result|]);")]
    [InlineData("await await t; t = s; Use([|[|t.Result|].Result|]);")]
    [InlineData("var inner = await t; Use([|t.Result.Result|]); await inner;")]
    [InlineData("var inner = await t; inner = await s; await inner; Use([|t.Result.Result|]);")]
    public Task InnerTask_ThatMayRun_IsReported(string body) => Reports(Nested(body));
}
