#if !ROSLYN_FLOOR
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

/// <summary>A task of a task that a member of the runtime library makes.</summary>
public sealed partial class NestedTaskTests
{
    private static readonly RuleTestOptions WithRuntime =
        RuleTestOptions.Default with { ExtraReferences = [RuntimeLibrary.Reference], ExtraUsings = ["AsyncGuard"] };

    private const string Later = "async ct => { await Task.Delay(1, ct); return RunAsync(); }";

    [Theory]
    [InlineData("await [|group.StartOnThreadPool<Task>(ct => RunAsync())|];")]
    [InlineData("await [|group.StartOnThreadPool(" + Later + ")|];")]
    [InlineData("await [|group.Start(" + Later + ")|];")]
    [InlineData("await [|group.Start(async (n, ct) => { await Task.Delay(n, ct); return RunAsync(); }, 1)|];")]
    [InlineData("await [|group.StartValue(async ValueTask<Task> (ct) => { await Task.Delay(1, ct); return RunAsync(); })|];")]
    [InlineData("await [|scope.Start(" + Later + ")|];")]
    [InlineData("await [|Deadline.RunAsync(TimeSpan.FromSeconds(1), " + Later + ")|];")]
    [InlineData("await [|Shield.RunAsync(" + Later + ", default)|];")]
    [InlineData("await [|Shield.CompleteAsync(" + Later + ", default)|];")]
    [InlineData("await [|TaskGroup.RaceAsync<Task>([" + Later + "])|];")]
    [InlineData("await [|TaskGroup.RunAsync(async g => { await Task.Delay(1); return RunAsync(); })|];")]
    [InlineData("Task child = [|group.Start(" + Later + ")|]; await child;")]
    // Of a child that is not awaited, the group waits for the outer task.
    [InlineData("[|group.StartOnThreadPool<Task>(ct => RunAsync())|];")]
    [InlineData("_ = [|group.Start(" + Later + ")|];")]
    [InlineData("group.Start(ct => [|Task.Factory.StartNew(() => RunAsync())|]);")]
    [InlineData("await group.StartOnThreadPool(ct => [|Task.Factory.StartNew(() => RunAsync())|]);")]
    [InlineData("await Deadline.RunAsync(TimeSpan.FromSeconds(1), ct => [|Task.Factory.StartNew(() => RunAsync())|]);")]
    public Task Nested_MadeByTheRuntimeLibrary_IsReported(string body) => Reports(
        Run + $"async Task M(TaskGroup group, TaskGroupScope scope) {{ await Task.Yield(); {body} }}", WithRuntime);

    [Theory]
    [InlineData("await group.StartOnThreadPool(ct => RunAsync());")]
    [InlineData("await group.StartOnThreadPool(ct => Thread.Sleep(1));")]
    [InlineData("await group.StartOnThreadPool(ct => 1);")]
    [InlineData("group.Start(ct => RunAsync());")]
    [InlineData("group.Start(async ct => await await Task.Factory.StartNew(() => RunAsync()));")]
    [InlineData("await await group.Start(" + Later + ");")]
    [InlineData("await await Deadline.RunAsync(TimeSpan.FromSeconds(1), ct => Task.Factory.StartNew(() => RunAsync()));")]
    [InlineData("await Deadline.RunAsync(TimeSpan.FromSeconds(1), ct => Task.WhenAny(RunAsync(), Task.Delay(1, ct)));")]
    [InlineData("await BlockingWork.RunAsync(() => Thread.Sleep(1));")]
    public Task Task_OfTheRuntimeLibrary_ThatIsNotNestedOrObserved_IsSilent(string body) => Silent(
        Run + $"async Task M(TaskGroup group) {{ await Task.Yield(); {body} }}", WithRuntime);

    [Fact]
    public Task Nested_OfAChild_IsUnwrapped() => Fixes(
        Run + "async Task M(TaskGroup group) => await [|group.StartOnThreadPool<Task>(ct => RunAsync())|];",
        Run + "async Task M(TaskGroup group) => await group.StartOnThreadPool<Task>(ct => RunAsync()).Unwrap();", WithRuntime);

    [Fact]
    public Task Nested_InsideAChild_IsFlattened() => Fixes(
        Run + "void M(TaskGroup group) { group.Start(ct => [|Task.Factory.StartNew(() => RunAsync())|]); }",
        Run + "void M(TaskGroup group) { group.Start(ct => Task.Run(() => RunAsync())); }", WithRuntime);

    [Fact]
    public Task Nested_OfAChildThatOnlyItsGroupWaitsFor_HasNoFix() => NoFix(
        Run + "void M(TaskGroup group) { [|group.Start(" + Later + ")|]; }", WithRuntime);

    [Fact]
    public Task Advice_OfAChildThatOnlyItsGroupWaitsFor_IsToAwaitInside() => Reports(
        Run + "void M(TaskGroup group) { {|#0:group.Start(" + Later + ")|}; }",
        WithRuntime with
        {
            Expected = [new DiagnosticResult("AGD0209", DiagnosticSeverity.Warning).WithLocation(0)
                .WithArguments("Start", "await the task inside, in an async lambda")]
        });
}
#endif
