#if !ROSLYN_FLOOR
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

/// <summary>Work that the runtime library runs on another thread, and work that it runs where it is called.</summary>
public sealed partial class CpuWorkTests
{
    private static readonly RuleTestOptions WithRuntime =
        RuleTestOptions.Default with { ExtraReferences = [RuntimeLibrary.Reference], ExtraUsings = ["AsyncGuard"] };

    [Theory]
    [InlineData("await group.StartOnThreadPool(async ct => { Burn(); await Task.Delay(1, ct); });")]
    [InlineData("await group.StartOnThreadPool(ct => { Burn(); return Task.CompletedTask; });")]
    [InlineData("await group.StartOnThreadPool(ct => { Burn(); });")]
    [InlineData("await BlockingWork.RunAsync(() => Burn());")]
    public Task Work_OnAnotherThreadOfTheRuntimeLibrary_IsSilent(string body) => Silent(
        $"async Task M(TaskGroup group) {{ {body} }} {Heavy}", WithRuntime);

    [Theory]
    [InlineData("await group.Start(async ct => { [|Burn()|]; await Task.Delay(1, ct); });")]
    [InlineData("await group.Start(ct => { [|Burn()|]; });")]
    [InlineData("await TaskGroup.RunAsync(g => { [|Burn()|]; });")]
    public Task Work_InsideTheCallThatStartsIt_IsReported(string body) => Reports(
        $"async Task M(TaskGroup group) {{ {body} }} {Heavy}", WithRuntime);

    private const string Heavy = "static int Burn() { var x = 0; for (var i = 0; i < 1_000_000_000; i++) x += i; return x; }";
}
#endif
