using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.RuleTesting.Behaviour;
using AsyncGuard.Rules.Blocking;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Behaviour;

/// <summary>Counterparts that take the same values by name, in another order, or that a flag stands for.</summary>
public sealed class BlockingCallArgumentsBehaviourTests : RuleTest<BlockingCallAnalyzer, BlockingCallFix>
{
    [Theory]
    [InlineData("""[|_dump.Write("a")|]; return 1;""")]
    [InlineData("""[|_dump.Write("a", size: Next(1))|]; return 1;""")]
    [InlineData("""[|_dump.Write("a", note: Text("n"), size: Next(1))|]; return 1;""")]
    [InlineData("""[|_dump.Write(path: Text("p"), note: Text("n"))|]; return 1;""")]
    [InlineData("""return [|_mail.Send("a", 25)|];""")]
    [InlineData("""return [|_mail.Send(Text("a"), Next(25))|] * 2;""")]
    [InlineData("""foreach (var i in new[] { 1, 2 }) Observed.Note("n " + [|_mail.Send(Text("a"), Next(i))|]); return 1;""")]
    [InlineData("""try { return [|_mail.Send(Text("a"), Next(25))|]; } catch (InvalidOperationException) { Observed.Note("failed"); return 0; } finally { Observed.Note("closed"); }""")]
    [InlineData("""using (new Resource()) { [|_dump.Write(Text("a"), log: Next(1) == 1)|]; } return 1;""")]
    [InlineData("""Func<Task<int>> f = async () => { await Observed.StepAsync("in"); return [|_mail.Send(Text("a"), Next(25))|]; }; return await f();""")]
    [InlineData("""return await InnerAsync(); async Task<int> InnerAsync() { await Observed.StepAsync("in"); return [|_mail.Send(Text("a"), Next(25))|]; }""")]
    [InlineData("""return [|_rows.Count(token, Text("t"))|];""")]
    [InlineData("""var n = [|_rows.Count(token, Text("t"))|] * 2; return n;""")]
    public Task Values_AreThoseOfTheCall(string body) => Behaves(Program(body), [Mend.Cancellation]);

    [Theory]
    [InlineData("""[|_log.Commit(true)|]; return 1;""")]
    [InlineData("""[|_log.Commit(spinWait: true)|]; Observed.Note("kept"); return 1;""")]
    [InlineData("""foreach (var i in new[] { 1, 2 }) { Observed.Note("a" + i); [|_log.Commit(true)|]; } return 1;""")]
    [InlineData("""try { [|_log.Commit(true)|]; } catch (InvalidOperationException) { Observed.Note("failed"); } return 1;""")]
    [InlineData("""try { await Observed.WorkAsync("a", token); } finally { [|_log.Commit(true)|]; Observed.Note("closed"); } return 1;""")]
    [InlineData("""using (new Resource()) [|_log.Commit(true)|]; return 1;""")]
    [InlineData("""Func<Task> f = async () => { await Observed.StepAsync("in"); [|_log.Commit(true)|]; }; await f(); return 1;""")]
    [InlineData("""await InnerAsync(); return 1; async Task InnerAsync() { await Observed.StepAsync("in"); [|_log.Commit(true)|]; }""")]
    [InlineData("""if (!token.IsCancellationRequested) [|_log.Commit(true)|]; return 1;""")]
    [InlineData("""_log?[|.Commit(true)|]; return 1;""")]
    public Task Flag_ThatWaits_IsTheCounterpart(string body) => BehavesOrRefuses(
        Program(body).Replace("readonly Log _log", "readonly FASTER.core.FasterLog _log"), [Mend.Cancellation],
        new() { OtherFiles = [("/0/FasterLog.cs", Library)] });

    private const string Library =
        """
        namespace FASTER.core
        {
            public class FasterLog
            {
                public void Commit(bool spinWait = false) => AsyncGuard.RuleTesting.Behaviour.Observed.Note("commit");
                public System.Threading.Tasks.ValueTask CommitAsync(System.Threading.CancellationToken token = default) =>
                    new(AsyncGuard.RuleTesting.Behaviour.Observed.WorkAsync("commit", token));
            }
        }
        """;

    private static string Program(string body) =>
        $$"""
        sealed class Resource : IDisposable { public void Dispose() => Observed.Note("disposed"); }
        enum Kind { None, Full }
        sealed class Dump
        {
            public void Write(string path, bool log = true, int size = -1, Kind kind = Kind.Full, string? note = null) => Observed.Note($"{path} {log} {size} {kind} {note}");
            public Task WriteAsync(string path, bool log, int size, Kind kind, string? note, CancellationToken stop) => Observed.WorkAsync($"{path} {log} {size} {kind} {note}", stop);
        }
        sealed class Mail
        {
            public int Send(string text, int port) { Observed.Note(text + port); return port; }
            public Task<int> SendAsync(int port, string text) => Observed.GetAsync(text + port, port);
        }
        sealed class Rows
        {
            public int Count(CancellationToken stop, string table) { stop.ThrowIfCancellationRequested(); Observed.Note(table); return 2; }
            public Task<int> CountAsync(string table, CancellationToken token = default) => Observed.GetAsync(table, 2, token);
        }
        sealed class Log { public void Commit(bool spinWait) => Observed.Note("commit"); }
        readonly Dump _dump = new();
        readonly Mail _mail = new();
        readonly Rows _rows = new();
        readonly Log _log = new();
        static int Next(int n) { Observed.Note("next " + n); return n; }
        static string Text(string s) { Observed.Note("text " + s); return s; }
        async Task<object> RunAsync(CancellationToken token)
        {
            await Observed.StepAsync("begin");
            {{body}}
        }
        """;
}
