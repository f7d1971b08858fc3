using AsyncGuard.Analysis.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Tasks;

/// <summary>What becomes of the task of <c>N()</c>.</summary>
public sealed class TaskFateTests
{
    [Theory]
    [InlineData("async Task M() { await N(); }", nameof(TaskFateKind.Awaited))]
    [InlineData("Task M() { return N(); }", nameof(TaskFateKind.Returned))]
    [InlineData("async Task M() { await (N() ?? Task.CompletedTask).ConfigureAwait(false); }", nameof(TaskFateKind.Awaited))]
    [InlineData("Task? _t; void M() { _t = N(); }", nameof(TaskFateKind.Stored))]
    [InlineData("void O(Task t) { } void M() { O(N()); }", nameof(TaskFateKind.Passed))]
    [InlineData("bool M() => N().IsCompleted;", nameof(TaskFateKind.Inspected))]
    [InlineData("void M() { _ = N(); }", nameof(TaskFateKind.Discarded))]
    public void Task_IsFollowedToTheCodeThatDecides(string members, string expected)
    {
        var place = Place.At("static Task N() => Task.CompletedTask; " + members, "N()");
        Assert.Equal(expected, TaskFate.Of(place.Operation, place.Guard).Kind.ToString());
    }
}
