#if !ROSLYN_FLOOR
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

/// <summary>Pauses in code that is passed to the runtime library.</summary>
public sealed partial class BlockingSleepTests
{
    private static readonly RuleTestOptions WithRuntime =
        RuleTestOptions.Default with { ExtraReferences = [RuntimeLibrary.Reference], ExtraUsings = ["AsyncGuard"] };

    [Fact]
    public Task SynchronousChild_RunsInsideItsStart_IsReported() => Reports(
        "async Task M(TaskGroup group) { await group.Start(ct => { [|Thread.Sleep(1)|]; }); }", WithRuntime);

    [Fact]
    public Task SynchronousBody_RunsInsideTheCall_IsReported() => Reports(
        "async Task M() { await TaskGroup.RunAsync(group => { [|Thread.Sleep(1)|]; group.Start(ct => Task.Delay(1, ct)); }); }",
        WithRuntime);

    [Theory]
    [InlineData("await group.StartOnThreadPool(ct => { Thread.Sleep(1); });")]
    [InlineData("await BlockingWork.RunAsync(() => Thread.Sleep(1));")]
    [InlineData("loop.CallSoon(() => Thread.Sleep(1)); await Task.Yield();")]
    public Task Work_OnAnotherThread_IsSilent(string body) => Silent(
        $"async Task M(TaskGroup group, EventLoop loop) {{ {body} }}", WithRuntime);
}
#endif
