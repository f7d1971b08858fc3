using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

// What the catalog says blocks is reported, also where its counterpart takes other arguments.
public sealed partial class BlockingPrimitiveTests
{
    [Theory]
    [InlineData("async Task<int> M(StreamReader r) { var n = 0; while (![|r.EndOfStream|]) { await r.ReadLineAsync(); n++; } return n; }")]
    [InlineData("async Task M(Stream s) { await Task.Yield(); var d = [|System.Xml.Linq.XDocument.Load(s)|]; }")]
    [InlineData("async Task<int> M(Stream s) { await Task.Yield(); return [|s.Read(stackalloc byte[4])|]; }")]
    [InlineData("async Task M(string p) { foreach (var line in [|File.ReadLines(p)|]) await Task.Yield(); }")]
    public Task CallWhoseCounterpartDoesNotFit_IsReported(string source) => Reports(source, Framework);

    [Theory]
    [InlineData("async Task M(System.Security.Cryptography.SHA256 h, Stream s) { [|h.ComputeHash(s)|]; await Task.Yield(); }")]
    [InlineData("async Task M(System.Security.Cryptography.CryptoStream s) { [|s.FlushFinalBlock()|]; await Task.Yield(); }")]
    public Task CallWhoseCounterpartTheFrameworkLacks_IsReported(string source) =>
        Reports(source,
        AsyncGuard.RuleTesting.RuleTestOptions.Default with { References = AsyncGuard.RuleTesting.ReferenceSet.NetStandard20 });

    [Theory]
    [InlineData("async Task M(Stream s) { await Task.Yield(); s.WriteByte(1); var b = s.ReadByte(); }")]
    [InlineData("async Task M(TextWriter w) { await Task.Yield(); w.Write(1); w.WriteLine(2.5); }")]
    [InlineData("async Task M(TextReader r) { await Task.Yield(); var c = r.Read(); }")]
    [InlineData("async Task M() { await Task.Yield(); var d = System.Xml.Linq.XDocument.Load(new MemoryStream()); }")]
    [InlineData(
        "Task M(System.Net.Sockets.Socket s, Mode mode) { if (mode == Mode.Asynchronous) return Task.Delay(1); s.Poll(100, System.Net.Sockets.SelectMode.SelectRead); return Task.CompletedTask; } enum Mode { Synchronous, Asynchronous }")]
    public Task CallThatEndsAtOnceMostly_IsSilent(string source) => Silent(source, Framework);
}
