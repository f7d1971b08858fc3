using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.Fixes.Structured;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using AsyncGuard.Rules.Structured;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Plans;

/// <summary>A fix that makes a function async in which a task is dropped would add the compiler's warning CS4014.</summary>
public sealed class DroppedTasksTests
{
    // Of a call to an async method of the same project, the compiler warns in synchronous code too.
    private const string Save = " Task SaveAsync() => Task.Delay(1);";

    [Fact]
    public Task Sleep() => RequireAsync(new BlockingSleepAnalyzer(), new BlockingSleepFix(),
        "Task M() { SaveAsync(); [|Thread.Sleep(1)|]; return Task.CompletedTask; }");

    [Fact]
    public Task Wait() => RequireAsync(new BlockingWaitAnalyzer(), new BlockingWaitFix(),
        "Task M(Task<int> t) { SaveAsync(); Console.WriteLine([|t.Result|]); return Task.CompletedTask; }");

    [Fact]
    public Task Counterpart() => RequireAsync(new BlockingCallAnalyzer(), new BlockingCallFix(),
        "Task M(string p) { if (p.Length > 1) SaveAsync(); Console.WriteLine([|File.ReadAllText(p)|]); return Task.CompletedTask; }");

    [Fact]
    public Task Primitive() => RequireAsync(new BlockingPrimitiveAnalyzer(), new BlockingPrimitiveFix(),
        "Task M(ManualResetEventSlim e) { SaveAsync().ConfigureAwait(false); [|e.Wait()|]; return Task.CompletedTask; }");

    [Fact]
    public Task SyncOverAsync() => RequireAsync(new SyncOverAsyncAnalyzer(), new SyncOverAsyncFix(),
        "void M(Task t) { SaveAsync(); [|t.Wait()|]; }");

    [Fact]
    public Task Indirect() => RequireAsync(new IndirectBlockingAnalyzer(), new IndirectBlockingFix(),
        "Task M() { SaveAsync(); [|Load()|]; return Task.CompletedTask; } void Load() { Thread.Sleep(1); }");

    [Fact]
    public Task Resource() => RequireAsync(new TaskOutlivesResourceAnalyzer(), new TaskOutlivesResourceFix(),
        "Task M() { SaveAsync(); using var s = File.OpenRead(\"a\"); return [|s.FlushAsync()|]; }");

    [Fact]
    public Task Try() => RequireAsync(new TaskReturnedFromTryAnalyzer(), new TaskReturnedFromTryFix(),
        "Task M() { SaveAsync(); try { return [|Task.Delay(1)|]; } catch (IOException) { return Task.CompletedTask; } }");

    // The task that is dropped beside the one that is awaited was reported before, and is the next to be mended.
    [Fact]
    public Task Dropped() => new RuleVerifier([new DroppedTaskAnalyzer()], new DroppedTaskFix()).OffersAsync(
        "Task M() { [|SaveAsync()|]; [|SaveAsync()|]; return Task.CompletedTask; }" + Save,
        ["Await it", "Keep it and await 'Task.WhenAll' at the end", "Discard it with '_ ='"], RuleTestOptions.Default);

    // Offered where the task is discarded, refused where it is dropped.
    private static async Task RequireAsync(DiagnosticAnalyzer analyzer, CodeFixProvider fix, string member)
    {
        var verifier = new RuleVerifier([analyzer], fix);
        await verifier.NoFixAsync(member + Save, RuleTestOptions.Default);
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(
            () => verifier.NoFixAsync(member.Replace("SaveAsync()", "_ = SaveAsync()") + Save, RuleTestOptions.Default));
    }
}
