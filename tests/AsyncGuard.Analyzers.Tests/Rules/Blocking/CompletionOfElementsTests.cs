using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

/// <summary>AGD0102 and what proves that the tasks of a collection are complete, under whichever name they are read.</summary>
public sealed class CompletionOfElementsTests : RuleTest<BlockingWaitAnalyzer, BlockingWaitFix>
{
    private const string Members = "\nstatic Task<int> RunAsync() => Task.Run(() => 1); void Use(object o) { } "
        + "static Task Drain(params Task[] ts) => Task.WhenAll(ts); class Job { public Task<int> Work = RunAsync(); public Task<int> Other { get; set; } = RunAsync(); }";

    [Theory]
    [InlineData("foreach (var t in ts) await t; Use(ts[0].Result);")]
    [InlineData("foreach (var t in ts) { Use(1); await t.ConfigureAwait(false); } Use(ts.First().Result);")]
    [InlineData("foreach (var t in ts) Use(await t); Use(ts[0].Result);")]
    [InlineData("foreach (var t in ts) { try { await t; } catch { } } Use(ts[0].Result);")]
    [InlineData("foreach (var t in ts) { if (t is null) continue; await t; } Use(ts[0].Result);")]
    [InlineData("for (var i = 0; i < ts.Count; i++) await ts[i]; Use(ts.Sum(t => t.Result));")]
    [InlineData("for (var i = 0; i < ts.Count; i++) { var t = ts[i]; await t; Use(ts[i].Result); }")]
    [InlineData("foreach (var t in ts.ToList()) await t; foreach (var t in ts) Use(t.Result);")]
    [InlineData("await Task.WhenAll(ts); Use(ts.Last().Result);")]
    [InlineData("await Task.WhenAll(ts); var last = ts.Last(); Use(last.Result);")]
    [InlineData("await Task.WhenAll(ts); Use(ts[^1].Result);")]
    [InlineData("await Task.WhenAll(ts); if (ts is [var a, .. var rest]) Use(a.Result + rest[0].Result);")]
    [InlineData("await Task.WhenAll(ts); foreach (var t in ts.Skip(1).Where(t => t.Id > 1)) Use(t.Result);")]
    [InlineData("await Task.WhenAll(ts.Where(t => !t.IsCompleted)); Use(ts[0].Result);")]
    [InlineData("await Task.WhenAll(ts.Concat(us)); Use(ts[0].Result + us[0].Result);")]
    [InlineData("var all = ts; await Task.WhenAll(all); Use(ts[0].Result);")]
    [InlineData("var all = ts.ToArray(); await Task.WhenAll(all); Use(ts[0].Result);")]
    [InlineData("await Task.WhenAll(ts); var all = ts.ToArray(); Use(all[0].Result);")]
    [InlineData("await Drain(ts.ToArray()); Use(ts[0].Result);")]
    public Task List_OfCompleteTasks_IsSilent(string body) =>
        Silent("async Task M(List<Task<int>> ts, List<Task<int>> us) { " + body + " }" + Members);

    [Theory]
    [InlineData("foreach (var t in ts) { if (t.Id == 1) break; await t; } Use([|ts[0].Result|]);")]
    [InlineData("foreach (var t in ts) { if (t.Id == 1) continue; await t; } Use([|ts[0].Result|]);")]
    [InlineData("foreach (var t in ts) { if (t.Id == 1) await t; } Use([|ts[0].Result|]);")]
    [InlineData("foreach (var t in ts.Skip(1)) await t; Use([|ts[0].Result|]);")]
    [InlineData("foreach (var t in us) await t; Use([|ts[0].Result|]);")]
    [InlineData("foreach (var t in ts) await t; ts[0] = RunAsync(); Use([|ts[0].Result|]);")]
    [InlineData("foreach (var t in ts) await t; ts.Add(RunAsync()); Use([|ts[0].Result|]);")]
    [InlineData("if (us.Count > 0) { foreach (var t in ts) await t; } Use([|ts[0].Result|]);")]
    [InlineData("foreach (var t in ts) Use([|ts[0].Result|]); await Task.WhenAll(ts);")]
    [InlineData("var all = ts; all = us; await Task.WhenAll(all); Use([|ts[0].Result|]);")]
    [InlineData("var all = ts; ts = us; await Task.WhenAll(all); Use([|ts[0].Result|]);")]
    [InlineData("await Task.WhenAny(ts); Use([|ts[0].Result|]);")]
    [InlineData("await Task.WhenAll(ts.Select(t => RunAsync())); Use([|ts[0].Result|]);")]
    public Task List_ThatIsNotAwaitedWhole_IsReported(string body) =>
        Reports("async Task M(List<Task<int>> ts, List<Task<int>> us) { " + body + " }" + Members);

    [Theory]
    [InlineData("await ts[0]; Use(ts[0].Result);")]
    [InlineData("await ts[i]; Use(ts[i].Result);")]
    [InlineData("if (ts[0].IsCompleted) Use(ts[0].Result);")]
    [InlineData("if (!ts[i].IsCompletedSuccessfully) return; Use(ts[i].Result);")]
    [InlineData("if (ts[i].Status == TaskStatus.RanToCompletion) Use(ts[i].Result);")]
    [InlineData("await byName[\"a\"]; Use(byName[\"a\"].Result);")]
    [InlineData("ts[0] = Task.FromResult(1); Use(ts[0].Result);")]
    [InlineData("var t = ts[i]; await t; Use(ts[i].Result);")]
    [InlineData("var t = ts[i]; await ts[i]; Use(t.Result);")]
    public Task Element_ThatIsComplete_IsSilent(string body) =>
        Silent("async Task M(Task<int>[] ts, Dictionary<string, Task<int>> byName, int i) { await Task.Yield(); " + body + " }" + Members);

    [Theory]
    [InlineData("await ts[0]; Use([|ts[1].Result|]);")]
    [InlineData("await ts[i]; i++; Use([|ts[i].Result|]);")]
    [InlineData("await ts[i]; i += 2; Use([|ts[i].Result|]);")]
    [InlineData("await ts[i]; i = 3; Use([|ts[i].Result|]);")]
    [InlineData("await ts[0]; ts = new[] { RunAsync() }; Use([|ts[0].Result|]);")]
    [InlineData("await ts[0]; ts[0] = RunAsync(); Use([|ts[0].Result|]);")]
    [InlineData("await byName[\"a\"]; Use([|byName[\"b\"].Result|]);")]
    [InlineData("var t = ts[i]; i++; await t; Use([|ts[i].Result|]);")]
    public Task OtherElement_IsReported(string body) =>
        Reports("async Task M(Task<int>[] ts, Dictionary<string, Task<int>> byName, int i) { await Task.Yield(); " + body + " }" + Members);

    [Theory]
    [InlineData("await Task.WhenAll(jobs.Select(j => j.Work)); Use(jobs.Sum(j => j.Work.Result));")]
    [InlineData("await Task.WhenAll(jobs.Select(j => j.Work)); foreach (var j in jobs) Use(j.Work.Result);")]
    [InlineData("await Task.WhenAll(jobs.Select(j => { return j.Work!; })); Use(jobs[0].Work.Result);")]
    [InlineData("var all = jobs.Select(j => j.Work).ToList(); await Task.WhenAll(all); Use(jobs[1].Work.Result);")]
    [InlineData("var all = new List<Task>(); foreach (var j in jobs) all.Add(j.Work); await Task.WhenAll(all); Use(jobs[1].Work.Result);")]
    [InlineData("foreach (var j in jobs) await j.Work; foreach (var j in jobs) Use(j.Work.Result);")]
    [InlineData("for (var i = 0; i < jobs.Count; i++) await jobs[i].Work; Use(jobs[0].Work.Result);")]
    [InlineData("await jobs[0].Work; Use(jobs[0].Work.Result);")]
    [InlineData("await Task.WhenAll(jobs.Select(j => j.Work).Concat(jobs.Select(j => j.Other))); "
        + "Use(jobs[0].Work.Result + jobs[0].Other.Result);")]
    [InlineData("await Task.WhenAll(byName.Values); Use(byName[\"a\"].Result);")]
    [InlineData("await Task.WhenAll(byName.Values); foreach (var pair in byName) Use(pair.Value.Result);")]
    [InlineData("await Task.WhenAll(byName.Select(p => p.Value)); foreach (var (name, work) in byName) Use(work.Result);")]
    [InlineData("await Task.WhenAll(byName.Values); Use(byName.Values.Sum(t => t.Result));")]
    [InlineData("await Task.WhenAll(pairs.Select(p => p.Work)); Use(pairs.Sum(p => p.Work.Result));")]
    [InlineData("await Task.WhenAll(pairs.Select(p => p.Work)); foreach (var (id, work) in pairs) Use(work.Result);")]
    [InlineData("await Task.WhenAll(many.SelectMany(m => m)); Use(many[0][0].Result);")]
    public Task Member_OfTheElements_IsComplete(string body) => Silent(
        "async Task M(List<Job> jobs, Dictionary<string, Task<int>> byName, List<(int Id, Task<int> Work)> pairs, Task<int>[][] many) { "
        + body + " }" + Members);

    [Theory]
    [InlineData("await Task.WhenAll(jobs.Select(j => j.Work)); Use([|jobs[0].Other.Result|]);")]
    [InlineData("await Task.WhenAll(jobs.Select(j => j.Work)); foreach (var j in jobs) Use([|j.Other.Result|]);")]
    [InlineData("await Task.WhenAll(jobs.Take(1).Select(j => j.Work)); Use([|jobs[1].Work.Result|]);")]
    [InlineData("await jobs[0].Work; Use([|jobs[1].Work.Result|]);")]
    [InlineData("await byName.Values.First(); Use([|byName[\"a\"].Result|]);")]
    [InlineData("var all = new List<Task>(); foreach (var j in jobs) if (j.Work.Id > 1) all.Add(j.Work); await Task.WhenAll(all); "
        + "Use([|jobs[1].Work.Result|]);")]
    public Task OtherMember_IsReported(string body) =>
        Reports("async Task M(List<Job> jobs, Dictionary<string, Task<int>> byName) { " + body + " }" + Members);

    [Theory]
    [InlineData("var u = t; await u; Use(t.Result);")]
    [InlineData("var u = t; await t; Use(u.Result);")]
    [InlineData("Task u = t; var v = u; await v; Use(t.Result);")]
    [InlineData("var all = new List<Task<int>> { t, s }; await Task.WhenAll(all); Use(t.Result + s.Result);")]
    [InlineData("var all = new[] { t, s }; foreach (var one in all) await one; Use(t.Result + s.Result);")]
    [InlineData("await Drain(t, s); Use(t.Result + s.Result);")]
    [InlineData("if (t is { IsCompleted: false }) await t; Use(t.Result);")]
    [InlineData("var isDone = await Task.WhenAny(t, Task.Delay(1)) == t; if (!isDone) return; Use(t.Result);")]
    [InlineData("var source = new TaskCompletionSource<int>(); source.SetResult(1); Use(source.Task.Result);")]
    [InlineData("var source = new TaskCompletionSource<int>(); source.TrySetException(new Exception()); Use(source.Task.Result);")]
    [InlineData("if (maybe != null) await maybe; Use(maybe?.Result);")]
    public Task OtherName_OfACompleteTask_IsSilent(string body) =>
        Silent("async Task M(Task<int> t, Task<int> s, Task<int> maybe) { await Task.Yield(); " + body + " }" + Members);

    [Theory]
    [InlineData("var u = t; t = s; await u; Use([|t.Result|]);")]
    [InlineData("var u = t; await u; u = s; Use([|u.Result|]);")]
    [InlineData("var u = t; if (s.IsCompleted) u = s; await u; Use([|t.Result|]);")]
    [InlineData("var isDone = await Task.WhenAny(t, s) == t; if (isDone) return; Use([|t.Result|]);")]
    [InlineData("bool x = s.IsCompleted, y; bool.TryParse(\"\", out y); x = y; y = x; if (x) Use([|t.Result|]);")]
    [InlineData("bool.TryParse(\"\", out var x); bool.TryParse(\"\", out var y); x = !y; y = !x; if (x) Use([|t.Result|]);")]
    [InlineData("var source = new TaskCompletionSource<int>(); Use([|source.Task.Result|]); source.SetResult(1);")]
    [InlineData("if (t is { IsCompleted: true }) await t; Use([|t.Result|]);")]
    [InlineData("await s; Use(maybe?[|.Result|]);")]
    public Task OtherTask_UnderThatName_IsReported(string body) =>
        Reports("async Task M(Task<int> t, Task<int> s, Task<int> maybe) { await Task.Yield(); " + body + " }" + Members);

    [Theory]
    [InlineData("foreach (var t in ts.Where(t => t.Status == TaskStatus.RanToCompletion)) Use(t.Result);")]
    [InlineData("foreach (var t in ts.Where(t => TaskStatus.RanToCompletion == t.Status)) Use(t.Result);")]
    [InlineData("foreach (var t in ts.Where(t => t.Status is TaskStatus.RanToCompletion)) Use(t.Result);")]
    [InlineData("foreach (var t in ts.Where(t => t is { IsCompletedSuccessfully: true })) Use(t.Result);")]
    [InlineData("foreach (var t in ts.Where(t => t != null && t.IsCompletedSuccessfully)) Use(t.Result);")]
    [InlineData("foreach (var t in ts.Where(t => t.IsFaulted || t.IsCompletedSuccessfully)) Use(t.Exception ?? (object)t.Result);")]
    [InlineData("Use(ts.Where(t => t.Status == TaskStatus.RanToCompletion).Select(t => t.Result).ToList());")]
    [InlineData("var done = ts.Where(t => t.IsCompletedSuccessfully); foreach (var t in done) Use(t.Result);")]
    [InlineData("var done = ts.Where(t => t.IsCompletedSuccessfully); Use(done.Skip(1).Sum(t => t.Result));")]
    [InlineData("Use(ts.First(t => t.Status == TaskStatus.RanToCompletion).Result);")]
    [InlineData("Use(ts.Where(t => t.IsCompletedSuccessfully).Select(async t => await t.ConfigureAwait(false)).Select(t => t.Result).ToList());")]
    [InlineData("foreach (var t in ts.Where(t => t.IsCompleted).Select(async t => { return await t; })) Use(t.Result);")]
    public Task Filter_ThatLetsOnlyCompleteTasksThrough_IsSilent(string body) =>
        Silent("async Task M(List<Task<int>> ts) { await Task.Yield(); " + body + " }" + Members);

    [Theory]
    [InlineData("foreach (var t in ts.Where(t => t.Status == TaskStatus.Running)) Use([|t.Result|]);")]
    [InlineData("foreach (var t in ts.Where(t => t.Status != TaskStatus.RanToCompletion)) Use([|t.Result|]);")]
    [InlineData("foreach (var t in ts.Where(t => t is { IsCompletedSuccessfully: false })) Use([|t.Result|]);")]
    [InlineData("foreach (var t in ts.Where(t => t.Id > 1 || t.IsCompletedSuccessfully)) Use([|t.Result|]);")]
    [InlineData("var all = ts.Where(t => t.Id > 1); foreach (var t in all) Use([|t.Result|]);")]
    [InlineData("var done = ts.Where(t => t.IsCompletedSuccessfully).ToList(); done.Add(RunAsync()); foreach (var t in done) Use([|t.Result|]);")]
    [InlineData("var done = ts.Where(t => t.IsCompletedSuccessfully); done = ts; foreach (var t in done) Use([|t.Result|]);")]
    [InlineData("foreach (var t in ts.Where(t => t.IsCompletedSuccessfully).Select(t => RunAsync())) Use([|t.Result|]);")]
    [InlineData("Use(ts.Where(t => t.IsCompleted).Select(async t => { await Task.Delay(1); return await t; }).Select(t => [|t.Result|]).Sum());")]
    public Task Filter_ThatLetsOthersThrough_IsReported(string body) =>
        Reports("async Task M(List<Task<int>> ts) { await Task.Yield(); " + body + " }" + Members);

    // The client has read the body before the response is handed out.
    [Theory]
    [InlineData("var r = await c.SendAsync(m); Use(r.Content.ReadAsStringAsync().Result);")]
    [InlineData("var r = await c.GetAsync(\"u\").ConfigureAwait(false); Use(r.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult());")]
    [InlineData("using var r = await c.PostAsync(\"u\", null); r.EnsureSuccessStatusCode(); Use(r.Content.ReadAsStreamAsync().Result);")]
    [InlineData("var r = await c.SendAsync(m, HttpCompletionOption.ResponseContentRead); Use(r.Content.ReadAsStringAsync().Result);")]
    [InlineData("HttpResponseMessage r; try { r = await c.SendAsync(m); } catch { return; } Use(r.Content.ReadAsStringAsync().Result);")]
    [InlineData("HttpResponseMessage? r = null; r = await c.GetAsync(\"u\"); Use(r.Content?.ReadAsStringAsync().Result ?? \"\");")]
    [InlineData("await Task.Yield(); var s = new StringContent(\"a\"); Use(s.ReadAsStringAsync().Result);")]
    [InlineData("await Task.Yield(); Use(new ByteArrayContent(new byte[1]).ReadAsByteArrayAsync().Result);")]
    [InlineData("m.Headers.Clear(); var q = new HttpRequestMessage { Content = new StringContent(\"a\") }; await c.SendAsync(q); Use(q.Content.ReadAsStringAsync().Result);")]
    [InlineData("var q = new HttpRequestMessage(); q.Content = new ByteArrayContent(new byte[1]); await c.SendAsync(q); Use(q.Content?.ReadAsStringAsync().Result ?? \"\");")]
    [InlineData("var q = new HttpRequestMessage(HttpMethod.Post, \"u\"); q.Content = System.Net.Http.Json.JsonContent.Create(1); await c.SendAsync(q); Use(q.Content.ReadAsByteArrayAsync().Result);")]
    [InlineData("var q = new HttpRequestMessage(HttpMethod.Get, \"u\"); await c.SendAsync(q); Use(q.Content?.ReadAsStringAsync().Result ?? \"\");")]
    [InlineData("HttpContent s = new FormUrlEncodedContent(new Dictionary<string, string>()); var q = new HttpRequestMessage { Content = m.Method == HttpMethod.Get ? null : s }; await c.SendAsync(q); Use(q.Content!.ReadAsStringAsync().Result);")]
    [InlineData("await Task.Yield(); var r = new HttpResponseMessage { Content = new StringContent(\"a\") }; Use(r.Content.ReadAsStringAsync().Result);")]
    [InlineData("var t = c.SendAsync(m); await t; var r = t.Result; Use(r.Content.ReadAsStringAsync().Result);")]
    [InlineData("var t = c.GetAsync(\"u\"); await Task.WhenAll(t, Task.Delay(1)); Use(t.Result.Content.ReadAsStringAsync().Result);")]
    [InlineData("var t = c.GetAsync(\"u\"); await t; using var r = t.GetAwaiter().GetResult(); Use(r.Content.ReadAsStringAsync().Result);")]
    [InlineData("var t = c.GetAsync(\"u\"); var r = await t; Use(r.Content.ReadAsStringAsync().Result);")]
    public Task BodyInMemory_IsSilent(string body) =>
        Silent("async Task M(HttpClient c, HttpRequestMessage m) { " + body + " }" + Members);

    [Theory]
    [InlineData("var r = await c.SendAsync(m, HttpCompletionOption.ResponseHeadersRead); Use([|r.Content.ReadAsStringAsync().Result|]);")]
    [InlineData("var r = await c.SendAsync(m, o); Use([|r.Content.ReadAsStringAsync().Result|]);")]
    [InlineData("var r = await c.SendAsync(m); r = await c.GetAsync(\"u\", HttpCompletionOption.ResponseHeadersRead); Use([|r.Content.ReadAsStringAsync().Result|]);")]
    [InlineData("await Task.Yield(); Use([|given.Content.ReadAsStringAsync().Result|]);")]
    [InlineData("await Task.Yield(); Use([|m.Content!.ReadAsStringAsync().Result|]);")]
    [InlineData("var r = await LoadAsync(); Use([|r.Content.ReadAsStringAsync().Result|]);")]
    [InlineData("await Task.Yield(); var s = new StreamContent(Stream.Null); Use([|s.ReadAsStringAsync().Result|]);")]
    [InlineData("var q = new HttpRequestMessage { Content = new StreamContent(Stream.Null) }; await c.SendAsync(q); Use([|q.Content.ReadAsStringAsync().Result|]);")]
    [InlineData("var q = new HttpRequestMessage(); q.Content = new StringContent(\"a\"); q.Content = m.Content; await c.SendAsync(q); Use([|q.Content!.ReadAsStringAsync().Result|]);")]
    [InlineData("var q = new HttpRequestMessage(); Fill(q); await c.SendAsync(q); Use([|q.Content!.ReadAsStringAsync().Result|]); void Fill(HttpRequestMessage x) => x.Content = m.Content;")]
    [InlineData("var q = new HttpRequestMessage(); q = m; await c.SendAsync(q); Use([|q.Content!.ReadAsStringAsync().Result|]);")]
    [InlineData("var t = c.SendAsync(m, HttpCompletionOption.ResponseHeadersRead); await t; var r = t.Result; Use([|r.Content.ReadAsStringAsync().Result|]);")]
    public Task BodyThatMayArriveLater_IsReported(string body) =>
        Reports("async Task M(HttpClient c, HttpRequestMessage m, HttpCompletionOption o, HttpResponseMessage given) { " + body
            + " } Task<HttpResponseMessage> LoadAsync() => null!;" + Members);

#if !ROSLYN_FLOOR
    [Theory]
    [InlineData("await Task.WhenAll([.. ts, .. us]); Use(ts[0].Result + us[0].Result);")]
    [InlineData("List<Task> all = [.. ts, us[0]]; await Task.WhenAll(all); Use(ts[0].Result);")]
    public Task Spread_OfAList_IsJoinedWithIt(string body) =>
        Silent("async Task M(List<Task<int>> ts, List<Task<int>> us) { " + body + " }" + Members);
#endif

    // Code that does not compile yet is looked at in editors.
    [Theory]
    [InlineData("var i = ts.IndexOf(ts[i]); Use(ts[i].Result);")]
    [InlineData("var i = ts.IndexOf(ts[j]); var j = ts.IndexOf(ts[i]); Use(ts[j].Result);")]
    [InlineData("var i = ts.IndexOf(ts[ts.IndexOf(ts[i])]); Use(ts[i].Result);")]
    [InlineData("var t = await Again(); async Task<Task<int>> Again() { await Again(); return t; } Use(t.Result);")]
    public async Task Name_ThatIsExplainedByItself_Ends(string body)
    {
        var source = "async Task M(List<Task<int>> ts) { await Task.WhenAny(ts); " + body + " }" + Members;
        var findings = await AnalyzerRun.GetDiagnosticsAsync([new BlockingWaitAnalyzer()], source, RuleTestOptions.Default);
        Assert.Single(findings);
    }
}
