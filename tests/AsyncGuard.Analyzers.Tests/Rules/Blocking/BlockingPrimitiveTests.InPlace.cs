using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed partial class BlockingPrimitiveTests
{
    [Theory]
    [InlineData("async Task M(System.Formats.Tar.TarReader tar) { var e = [|tar.GetNextEntry(true)|]; await Task.Yield(); }")]
    [InlineData("async Task M(System.Formats.Tar.TarReader tar) { var e = [|tar.GetNextEntry(copyData: true)|]; await Task.Yield(); }")]
    [InlineData(
        "async Task M(Stream s, byte[] b) { await using var z = new System.IO.Compression.BrotliStream(s, System.IO.Compression.CompressionLevel.SmallestSize); [|z.Write(b, 0, 1)|]; }")]
    public Task Call_WhoseAwaitableFormRunsInPlaceAsItStands_IsReported(string method) => Reports(method, RuleTestOptions.Default);

    [Theory]
    [InlineData("async Task M(System.Formats.Tar.TarReader tar) { var e = tar.GetNextEntry(false); await Task.Yield(); }")]
    [InlineData(
        "async Task M(Stream s, byte[] b) { await using var z = new System.IO.Compression.BrotliStream(s, System.IO.Compression.CompressionLevel.Optimal); z.Write(b, 0, 1); }")]
    public Task Call_WhoseAwaitableFormIsAsynchronousAsItStands_IsSilent(string method) => Silent(method);

    [Theory]
    [InlineData("async Task M() { using var r = new StreamReader(new MemoryStream()); while (!r.EndOfStream) await r.ReadLineAsync(); }")]
    [InlineData("readonly StreamReader _r = new(new MemoryStream()); async Task M() { while (!_r.EndOfStream) await _r.ReadLineAsync(); }")]
    public Task Property_OfAReaderOverMemory_IsSilent(string source) => Silent(source);

    // What a base class of the framework does calls what the class itself does.
    [Theory]
    [InlineData("class Lines : TextReader { public override Task<string?> ReadLineAsync() => Task.FromResult(ReadLine()); }")]
    [InlineData("class Lines : TextReader { public override Task<string> ReadToEndAsync() { try { return Task.FromResult(this.ReadToEnd()); } catch (Exception e) { return Task.FromException<string>(e); } } }")]
    [InlineData("abstract class Lines : TextReader { public abstract override int Read(); public override async Task<int> ReadAsync(char[] b, int i, int n) { await Task.Yield(); return Read(); } }")]
    [InlineData("abstract class Lines : TextWriter { public override Task WriteLineAsync(char[] b, int i, int n) { Write(b, i, n); WriteLine(); return Task.CompletedTask; } }")]
    [InlineData("abstract class Bytes : Stream { public Task<int> NextAsync() => Task.FromResult(ReadByte()); }")]
    public Task MemberOfTheStreamItself_IsSilent(string source) => Silent(source);

    private const string OwnStream =
        """

        abstract class Own : Stream
        {
            public override void Flush() { }
            public override Task FlushAsync(CancellationToken c) { Flush(); return Task.CompletedTask; }
            public override int Read(byte[] b, int o, int n) => n;
            public override Task<int> ReadAsync(byte[] b, int o, int n, CancellationToken c) => Task.FromResult(Read(b, o, n));
            public override int ReadByte() => 3;
            public override void Write(byte[] b, int o, int n) { }
            public override async Task WriteAsync(byte[] b, int o, int n, CancellationToken c) { Write(b, o, n); await Task.Yield(); }
        }
        class Text : TextWriter
        {
            public override System.Text.Encoding Encoding => null!;
            public override void Write(char value) { }
            public override Task WriteAsync(char value) { Write(value); return Task.CompletedTask; }
            public override void Flush() { }
            public override Task FlushAsync() { Flush(); return Task.CompletedTask; }
        }
        """;

    // What an override does stands in its body, which AGD0105 follows.
    [Fact]
    public Task Override_OfTheProject_IsSilent() => Silent(OwnStream);

    private static readonly RuleTestOptions WithPages =
        RuleTestOptions.Default with { AdditionalFiles = [("AsyncGuard.Pages.txt", "T:C.Pages`1; blocks unbounded")] };

    private const string Store =
        """

        abstract class Pages<T> : IEnumerable<T> { public abstract IEnumerator<T> GetEnumerator(); System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator(); }
        class Store { public Pages<int> List() => null!; public IAsyncEnumerable<int> ListAsync() => null!; }
        """;

    [Theory]
    [InlineData("async Task M(Store s) { foreach (var i in [|s.List()|]) Console.WriteLine(i); await Task.Yield(); }")]
    [InlineData("async Task M(Store s) { var all = [|s.List()|].Select(i => i + 1).ToList(); await Task.Yield(); }")]
    public Task Pages_RunThrough_AreReported_WithoutFix(string method) => Reports(method + Store, WithPages);

    [Theory]
    [InlineData("async Task<Pages<int>> M(Store s) { await Task.Yield(); return s.List(); }")]
    [InlineData("async Task M(Store s) { var pages = s.List(); await Task.Yield(); }")]
    [InlineData("async Task M(Store s) { await foreach (var i in s.ListAsync()) Console.WriteLine(i); }")]
    public Task Pages_OnlyMade_AreSilent(string method) => Silent(method + Store, WithPages);

    [Fact]
    public Task Pages_WithAnAsynchronousForm_NameIt() => Reports(
        "async Task M(Store s) { foreach (var i in {|#0:s.List()|}) Console.WriteLine(i); await Task.Yield(); }" + Store,
        WithPages with
        {
            Expected = [new DiagnosticResult("AGD0104", DiagnosticSeverity.Warning).WithLocation(0)
            .WithArguments("Store.List", "", "enumerate 'ListAsync' with 'await foreach'")]
        });

    [Fact]
    public Task Call_ToldNotToWaitForItsAnswer_IsSilent() => Silent(
        """
        async Task M(Store s) { s.Set(1, Flags.FireAndForget | Flags.Replica); await Task.Yield(); }
        [Flags] enum Flags { None, Replica, FireAndForget }
        class Store { public bool Set(int value, Flags flags) => true; }
        """,
        RuleTestOptions.Default with { AdditionalFiles = [("AsyncGuard.Store.txt", "M:C.Store.Set(*); blocks")] });

    [Theory]
    [InlineData("if (Console.KeyAvailable) Console.ReadKey(true);")]
    [InlineData("while (Console.KeyAvailable) Console.ReadKey();")]
    [InlineData("if (!Console.KeyAvailable) return; var key = Console.ReadKey(true);")]
    [InlineData("while (true) { if (!Console.KeyAvailable) { await Task.Delay(50); continue; } var key = Console.ReadKey(true); }")]
    [InlineData("if (all && Console.KeyAvailable) { Console.ReadKey(); }")]
    public Task KeyThatIsAvailable_IsSilent(string body) => Silent("async Task M(bool all) { await Task.Yield(); " + body + " }");

    [Theory]
    [InlineData("if (!Console.KeyAvailable) [|Console.ReadKey(true)|];")]
    [InlineData("if (Console.KeyAvailable) await Task.Yield(); [|Console.ReadKey(true)|];")]
    [InlineData("if (!Console.KeyAvailable) await Task.Delay(50); [|Console.ReadKey(true)|];")]
    [InlineData("if (all || Console.KeyAvailable) { [|Console.ReadKey()|]; }")]
    [InlineData("do { [|Console.ReadKey()|]; } while (Console.KeyAvailable);")]
    public Task KeyThatMayNotBeAvailable_IsReported(string body) => Reports("async Task M(bool all) { await Task.Yield(); " + body + " }");

    [Theory]
    [InlineData("if (Console.KeyAvailable) await ShowAsync();")]
    [InlineData("while (Console.KeyAvailable) { await this.ShowAsync(); }")]
    [InlineData("if (!Console.KeyAvailable) return; await ShowAsync(); await ShowAsync();")]
    public Task KeyThatIsAvailable_AsEachCallerKnows_IsSilent(string body) => Silent(
        "async Task M() { " + body + " } private async Task ShowAsync() { var key = Console.ReadKey(true); await Task.Yield(); }");

    [Theory]
    [InlineData("if (Console.KeyAvailable) await ShowAsync(); await ShowAsync(); } private async Task ShowAsync()")]
    [InlineData("Func<Task> show = ShowAsync; if (Console.KeyAvailable) await show(); } private async Task ShowAsync()")]
    [InlineData("if (Console.KeyAvailable) await ShowAsync(); } public async Task ShowAsync()")]
    [InlineData("} private async Task ShowAsync()")]
    public Task KeyThatMayNotBeAvailable_ToSomeCaller_IsReported(string calls) => Reports(
        "async Task M() { await Task.Yield(); " + calls + " { var key = [|Console.ReadKey(true)|]; await Task.Yield(); }");

    [Theory]
    [InlineData("c.WaitHandle.WaitOne(100)")]
    [InlineData("c.WaitHandle.WaitOne()")]
    [InlineData("e.WaitHandle.WaitOne()")]
    public Task WaitHandle_NamesWhatTheFixWrites(string wait) => Reports(
        "async Task M(CancellationToken c, ManualResetEventSlim e) { {|#0:" + wait + "|}; await Task.Yield(); }",
        RuleTestOptions.Default with
        {
            Expected = [new DiagnosticResult("AGD0104", DiagnosticSeverity.Warning).WithLocation(0)
            .WithArguments("WaitHandle.WaitOne", "", "run it on the thread pool with 'Task.Run'")]
        });

    // That the token is cancelled is what the wait answers, so it is not what ends the wait.
    [Theory]
    [InlineData("c.WaitHandle.WaitOne(100)")]
    [InlineData("WaitHandle.WaitAny(new[] { c.WaitHandle, e.WaitHandle })")]
    public Task WaitForAToken_IsNotGivenIt(string wait) => Fixes(
        "async Task M(CancellationToken c, ManualResetEventSlim e) { var x = [|" + wait + "|]; await Task.Yield(); }",
        "async Task M(CancellationToken c, ManualResetEventSlim e) { var x = await Task.Run(() => " + wait + "); await Task.Yield(); }");
}
