using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

/// <summary>Places where a cancellation would leave something undone that others count on: no token goes there.</summary>
public sealed partial class TokenNotPassedTests
{
    private static string Worker(string body) =>
        $$"""
        record Job(int Id) { public Task RunAsync(CancellationToken token = default) => Task.Delay(Id, token); }
        readonly Queue<Job> _queue = new();
        readonly Stack<Job> _stack = new();
        readonly System.Collections.Concurrent.ConcurrentDictionary<int, Job> _jobs = new();
        readonly System.Collections.Concurrent.BlockingCollection<Job> _bag = new();
        readonly TaskCompletionSource _ready = new();
        static class Inbox { public static Task<Job> ReceiveAsync(CancellationToken token) => null!; public static Job Receive(TimeSpan time) => null!; public static Task<int> ReceiveAsync(byte[] into, CancellationToken token) => null!; }
        readonly SemaphoreSlim _gate = new(1);
        List<Job> _list = new();
        int _running;
        bool _busy;
        string _lockPath = "a";
        void Free() { }
        Task SaveAsync(CancellationToken token = default) => Task.Delay(1, token);
        Task SendAsync(object job, CancellationToken token = default) => Task.Delay(1, token);
        Task DebitAsync(int account, CancellationToken token = default) => Task.Delay(1, token);
        Task CreditAsync(int account, CancellationToken token = default) => Task.Delay(1, token);
        async Task M(System.Threading.Channels.ChannelWriter<int> writer,
            System.Threading.Channels.ChannelReader<Job> reader, CancellationToken token)
        {
            {{body}}
        }
        """;

    [Theory]
    [InlineData("var job = _queue.Dequeue(); await SaveAsync(); await SendAsync(job);")]
    [InlineData("var job = await reader.ReadAsync(token); await SaveAsync(); await SendAsync(job, token);")]
    [InlineData("while (true) { var job = await reader.ReadAsync(token); await SaveAsync(); await SendAsync(job, token); }")]
    [InlineData("var job = await Inbox.ReceiveAsync(token).ConfigureAwait(false); await SaveAsync(); await SendAsync(job, token);")]
    [InlineData("var job = Inbox.Receive(TimeSpan.FromSeconds(1)); await SendAsync(job);")]
    [InlineData("if (!_queue.TryDequeue(out var job)) return; await SendAsync(job);")]
    [InlineData("if (_queue.TryDequeue(out var job)) await job.RunAsync();")]
    [InlineData("Job job; lock (_queue) { job = _queue.Dequeue(); } await SaveAsync(); Console.WriteLine(job.Id); await SendAsync(job);")]
    [InlineData("var id = _stack.Pop().Id; await SendAsync(id);")]
    [InlineData("if (_jobs.TryRemove(1, out var job)) { await SaveAsync(); await job.RunAsync(); }")]
    [InlineData("if (reader.TryRead(out var job) && job.Id > 0) await job.RunAsync();")]
    [InlineData("while (reader.TryRead(out var job)) { await SaveAsync(); await job.RunAsync(token); }")]
    [InlineData("var job = _bag.Take(token); await SaveAsync(); await job.RunAsync(token);")]
    [InlineData("var batch = new List<Job>(); while (_queue.TryDequeue(out var job)) batch.Add(job); await SendAsync(batch);")]
    [InlineData("var jobs = Interlocked.Exchange(ref _list, new List<Job>()); await SendAsync(jobs);")]
    [InlineData("var jobs = _list; _list = new(); await SendAsync(jobs);")]
    [InlineData("var jobs = _list.ToArray(); _list.Clear(); await SendAsync(jobs);")]
    [InlineData("var first = _list[0]; _list.RemoveAt(0); await first.RunAsync();")]
    [InlineData("switch (_running) { case 1: var job = _queue.Dequeue(); await job.RunAsync(); break; }")]
    public Task Call_BetweenTakingAndUsing_IsSilent(string body) => Silent(Worker(body));

    [Theory]
    [InlineData("var job = _queue.Dequeue(); await SendAsync(job, token); await [|SaveAsync|]();")]
    [InlineData("var job = await reader.ReadAsync(token); await [|SendAsync|](job);")]
    [InlineData("var job = await reader.ReadAsync(token); await SendAsync(job, token); await [|SaveAsync|]();")]
    [InlineData("var job = await Inbox.ReceiveAsync(token); await [|SendAsync|](job); await [|SaveAsync|]();")]
    [InlineData("var n = await Inbox.ReceiveAsync(new byte[9], token); await [|SaveAsync|](); await SendAsync(n, token);")]
    [InlineData("await [|SaveAsync|](); var job = _queue.Dequeue(); await SendAsync(job, token);")]
    [InlineData("var own = new Queue<Job>(_list); while (own.Count > 0) { var job = own.Dequeue(); await [|SendAsync|](job); }")]
    [InlineData("while (_queue.TryDequeue(out var job)) await [|SendAsync|](job);")]
    [InlineData("var job = _bag.Take(token); await job.[|RunAsync|]();")]
    [InlineData("var job = _queue.Dequeue(); try { await [|SendAsync|](job); } catch { _queue.Enqueue(job); throw; }")]
    [InlineData("var job = _queue.Peek(); await [|SendAsync|](job); _queue.Dequeue();")]
    [InlineData("var three = _list.Take(3); await [|SendAsync|](three);")]
    [InlineData("var job = _queue.Dequeue(); await SendAsync(job, token); await [|SaveAsync|](); Console.WriteLine(job);")]
    public Task Call_ThatLosesNoItem_IsReported(string body) => Reports(Worker(body));

    [Theory]
    [InlineData("await SaveAsync(); _ready.SetResult();")]
    [InlineData("await SaveAsync(); if (_busy) _ready.TrySetResult();")]
    [InlineData("await SaveAsync(); writer.Complete();")]
    [InlineData("for (var i = 0; i < 9; i++) { await SaveAsync(); } writer.TryComplete();")]
    [InlineData("using (var x = new MemoryStream()) { await SaveAsync(); } _bag.CompleteAdding();")]
    [InlineData("try { await SaveAsync(); } catch (IOException e) { _ready.SetException(e); } _ready.TrySetResult();")]
    [InlineData("await SaveAsync(); Interlocked.Decrement(ref _running);")]
    [InlineData("if (Interlocked.Exchange(ref _running, 1) == 1) return; await SaveAsync(); Interlocked.Exchange(ref _running, 0);")]
    [InlineData("if (Interlocked.CompareExchange(ref _running, 1, 0) == 1) return; await SaveAsync(); _running = 0;")]
    [InlineData("await SaveAsync(); _busy = false;")]
    [InlineData("if (_running > 0) { _running++; } await SaveAsync(); _running--;")]
    [InlineData("File.WriteAllText(\"a.run\", \"\"); await SaveAsync(); File.Delete(\"a.run\");")]
    [InlineData("await SaveAsync(); File.Delete(_lockPath);")]
    [InlineData("if (!await _gate.WaitAsync(0)) return; await SaveAsync(); _gate.Release();")]
    [InlineData("_list[0] = null!; await DebitAsync(1, token); await CreditAsync(2);")]
    [InlineData("await DebitAsync(1, token); await SaveAsync(); await CreditAsync(2, token);")]
    public Task Call_BeforeWhatOthersWaitFor_IsSilent(string body) => Silent(Worker(body));

    [Theory]
    [InlineData("try { await [|SaveAsync|](); _ready.SetResult(); } catch (Exception e) { _ready.SetException(e); }")]
    [InlineData("try { await [|SaveAsync|](); } finally { writer.Complete(); }")]
    [InlineData("try { await [|SaveAsync|](); } catch (Exception e) { Console.WriteLine(e); } _ready.SetResult();")]
    [InlineData("await SaveAsync(token); await [|SaveAsync|](); _ready.SetResult();")]
    [InlineData("await [|SaveAsync|](); var own = new TaskCompletionSource(); Use(own); own.SetResult();")]
    [InlineData("await [|SaveAsync|](); await _gate.WaitAsync(token); try { Free(); } finally { _gate.Release(); }")]
    [InlineData("await [|SaveAsync|](); Interlocked.Increment(ref _running); try { Free(); } finally { Interlocked.Decrement(ref _running); }")]
    [InlineData("await [|SaveAsync|](); File.Delete(\"old.txt\");")]
    [InlineData("_ready.SetResult(); await [|SaveAsync|]();")]
    [InlineData("await [|DebitAsync|](1); await CreditAsync(2, token);")]
    [InlineData("using var transaction = new DbTransaction(); await DebitAsync(1, token); await [|CreditAsync|](2); transaction.Commit();")]
    public Task Call_WhoseEndIsSaidInAnyCase_IsReported(string body) => Reports(
        Worker(body) + "\nvoid Use(object o) { } sealed class DbTransaction : IDisposable { public void Commit() { } public void Dispose() { } }");
}
