using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

// Resources that no variable of a 'using' holds, or that an explicit 'Dispose()' ends.
public sealed partial class TaskOutlivesResourceTests
{
    [Theory]
    [InlineData("using (given) return [|given.ReadToEndAsync()|];")]
    [InlineData("using (given) { return [|LoadAsync(given)|]; }")]
    [InlineData("var r = Open(p); using (r) return [|r.ReadToEndAsync()|];")]
    [InlineData("StreamReader r; using (r = Open(p)) { return [|LoadAsync(r)|]; }")]
    [InlineData("using (given) { var line = given.ReadLineAsync(); return [|LoadAsync(given)|]; }")]
    [InlineData("var r = Open(p); try { return [|r.ReadToEndAsync()|]; } finally { r.Dispose(); }")]
    [InlineData("StreamReader? r = null; try { r = Open(p); return [|LoadAsync(r)|]; } finally { r?.Dispose(); }")]
    [InlineData("StreamReader? r = null; try { r = Open(p); return [|LoadAsync(r)|]; } finally { if (r != null) r.Dispose(); }")]
    [InlineData("StreamReader? r = null; try { r = Open(p); return [|LoadAsync(r)|]; } finally { if (r is not null) { r.Dispose(); } }")]
    [InlineData("var r = Open(p); try { return [|r.ReadToEndAsync()|]; } finally { ((IDisposable)r).Dispose(); }")]
    [InlineData("var s = File.OpenRead(p); var r = new StreamReader(s); try { return [|r.ReadToEndAsync()|]; } finally { s.Dispose(); }")]
    [InlineData("var r = Open(p); var t = [|r.ReadToEndAsync()|]; r.Dispose(); return t;")]
    [InlineData("var t = [|LoadAsync(given)|]; Use(p); given.Dispose(); Use(p); return t.ContinueWith(x => x.Result);")]
    public Task Task_OfWhatIsDisposedExplicitly_IsReported(string body) =>
        Reports(Run + $"Task<string> M(string p, StreamReader given) {{ {body} }}");

    [Theory]
    [InlineData("Task<string> t; using (given) t = [|given.ReadToEndAsync()|]; return await t;")]
    [InlineData("Task<string> t; var r = Open(p); try { t = [|r.ReadToEndAsync()|]; } finally { r.Dispose(); } return await t;")]
    [InlineData("var t = [|given.ReadToEndAsync()|]; given.Dispose(); return await t;")]
    [InlineData("var t = [|given.BaseStream.ReadAsync(new byte[1].AsMemory())|]; given.Dispose(); return (await t).ToString();")]
    [InlineData("var s = File.OpenRead(p); var t = [|s.ReadAsync(new byte[1], 0, 1)|]; await s.DisposeAsync(); return (await t).ToString();")]
    public Task Task_AwaitedBehindExplicitDispose_IsReported(string body) =>
        Reports(Run + $"async Task<string> M(string p, StreamReader given) {{ {body} }}");

    [Fact]
    public Task Task_InAValueTask_IsReported() => Reports(
        """
        ValueTask M(string p, Stream to) { using var s = File.OpenRead(p); return [|new ValueTask(s.CopyToAsync(to))|]; }
        ValueTask<int> N(string p, byte[] b) { using var s = File.OpenRead(p); return [|new ValueTask<int>(s.ReadAsync(b, 0, 1))|]; }
        ValueTask<int> O(string p) { using var s = File.OpenRead(p); return new ValueTask<int>(s.ReadByte()); }
        """);

    [Fact]
    public Task Tasks_ThatAreJoined_AreReported() => Reports(
        Run +
        """
        Task M(StreamReader r) { using (r) return [|Task.WhenAll(LoadAsync(r), NameAsync("a"))|]; }
        Task<string[]> N(string p) { using var r = Open(p); return [|Task.WhenAll(new[] { NameAsync(p), r.ReadToEndAsync() })|]; }
        Task O(string p) { using var r = Open(p); var line = r.ReadLine()!; return Task.WhenAll(NameAsync(line), NameAsync(p)); }
        async Task P(string p) { Task both; using (var r = Open(p)) both = [|Task.WhenAny(LoadAsync(r), NameAsync(p))|]; await both; }
        """);

    [Theory]
    [InlineData("using (given) return NameAsync(p);")]
    [InlineData("using (given) return NameAsync(given.ReadToEnd());")]
    [InlineData("var r = Open(p); try { return NameAsync(p); } finally { r.Dispose(); }")]
    [InlineData("var r = Open(p); try { return r.ReadToEndAsync(); } catch { r.Dispose(); throw; }")]
    [InlineData("StreamReader? r = Open(p); try { var t = LoadAsync(r); r = null; return t; } finally { r?.Dispose(); }")]
    [InlineData("var done = false; var r = Open(p); try { var t = LoadAsync(r); done = true; return t; } finally { if (!done) r.Dispose(); }")]
    [InlineData("var r = Open(p); var line = r.ReadLine(); r.Dispose(); return NameAsync(line!);")]
    [InlineData("var t = LoadAsync(given); t.Wait(); given.Dispose(); return t;")]
    [InlineData("var t = LoadAsync(given); return t.ContinueWith(x => { given.Dispose(); return x.Result; });")]
    [InlineData("var t = NameAsync(p); given.Dispose(); return t;")]
    public Task Task_ThatDoesNotNeedWhatIsDisposed_IsSilent(string body) =>
        Silent(Run + $"Task<string> M(string p, StreamReader given) {{ {body} }}");

    [Theory]
    [InlineData("using (given) return await given.ReadToEndAsync();")]
    [InlineData("var r = Open(p); try { return await r.ReadToEndAsync(); } finally { r.Dispose(); }")]
    [InlineData("var t = given.ReadToEndAsync(); await t; given.Dispose(); return await t;")]
    [InlineData("var r = Open(p); Task<string> t; try { t = r.ReadToEndAsync(); await t; } finally { r.Dispose(); } return await t;")]
    public Task Task_AwaitedBeforeDispose_IsSilent(string body) =>
        Silent(Run + $"async Task<string> M(string p, StreamReader given) {{ {body} }}");

    private const string Pumps =
        "async Task CopyAsync(Stream a, Stream b) { while (await a.ReadAsync(new byte[9], 0, 9) > 0) await b.FlushAsync(); } Task SendAsync(Stream s) => s.FlushAsync(); async Task OnceAsync(Stream s) { await s.FlushAsync(); }\n";

    // Disposing is what ends the work
    [Theory]
    [InlineData("Task first, second; try { var up = CopyAsync(a, b); var down = CopyAsync(b, a); first = await Task.WhenAny(up, down); second = first == up ? down : up; } finally { a.Dispose(); b.Dispose(); } await second; await first;")]
    [InlineData("Task rest; using (a) using (b) { var up = CopyAsync(a, b); var down = CopyAsync(b, a); rest = await Task.WhenAny(up, down) == up ? down : up; } await rest;")]
    [InlineData("var pump = CopyAsync(a, b); await SendAsync(a); a.Dispose(); await pump;")]
    [InlineData("var pump = CopyAsync(a, b); await SendAsync(a); await a.DisposeAsync(); await pump;")]
    [InlineData("Task pump; using (a) { pump = CopyAsync(a, b); await SendAsync(a); } await pump;")]
    [InlineData("Task pump; try { pump = CopyAsync(a, b); await SendAsync(a); } finally { a?.Dispose(); } await pump.ConfigureAwait(false);")]
    [InlineData("var read = a.ReadAsync(new byte[9], 0, 9); await SendAsync(a); a.Dispose(); try { await read; } catch (ObjectDisposedException) { }")]
    [InlineData("var read = OnceAsync(a); await SendAsync(b); a.Dispose(); await read.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);")]
    [InlineData("var pump = Local(); await SendAsync(a); a.Dispose(); await pump; async Task Local() { while (await a.ReadAsync(new byte[9], 0, 9) > 0) { } }")]
    public Task Task_ThatDisposingEnds_IsSilent(string body) => Silent(Pumps + $"async Task M(Stream a, Stream b) {{ {body} }}");

    [Theory]
    [InlineData("var pump = [|CopyAsync(a, b)|]; a.Dispose(); await pump;")]
    [InlineData("var read = [|OnceAsync(a)|]; await SendAsync(b); a.Dispose(); await read;")]
    [InlineData("var read = [|a.ReadAsync(new byte[9], 0, 9)|]; a.Dispose(); try { await read; } catch (ObjectDisposedException) { }")]
    [InlineData("try { var read = [|OnceAsync(a)|]; await SendAsync(b); a.Dispose(); await read; b.Flush(); } catch (Exception) { }")]
    [InlineData("Task once; using (a) { once = [|OnceAsync(a)|]; await SendAsync(a); } await once;")]
    [InlineData("Task second; using (a) { var up = OnceAsync(b); var down = OnceAsync(b); await Task.WhenAny(up, down); second = [|OnceAsync(a)|]; } await second;")]
    public Task Task_ThatDisposingOnlyBreaks_IsReported(string body) => Reports(Pumps + $"async Task M(Stream a, Stream b) {{ {body} }}");

    [Theory]
    [InlineData("using (given)\n        return [|given.ReadToEndAsync()|];", "using (given)\n        return await given.ReadToEndAsync();")]
    [InlineData("try\n    {\n        return [|given.ReadToEndAsync()|];\n    }\n    finally { given.Dispose(); }",
        "try\n    {\n        return await given.ReadToEndAsync();\n    }\n    finally { given.Dispose(); }")]
    public Task Task_OfWhatIsDisposedExplicitly_IsAwaitedInside(string body, string expected) => Fixes(
        Run + $"Task<string> M(StreamReader given)\n{{\n    {body}\n}}",
        Run + $"async Task<string> M(StreamReader given)\n{{\n    {expected}\n}}");
}
