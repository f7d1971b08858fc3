using AsyncGuard.Analysis.Awaitables;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Awaitables;

public sealed class CompletionPathsTests
{
    private const string Source = "new TaskCompletionSource<int>()";

    [Theory]
    [InlineData("Task<int> M(string s) { var t = new TaskCompletionSource<int>(); t.SetResult(int.Parse(s)); return t.Task; }", null)]
    [InlineData(
        "Task<int> M(Func<int> f) { var t = new TaskCompletionSource<int>(); Task.Run(() => { t.SetResult(f()); }); return t.Task; }",
        "t.SetResult(f())")]
    [InlineData(
        "Task<int> M(Func<int> f) { var t = new TaskCompletionSource<int>(); Task.Run(() => { var r = f(); t.TrySetResult(r); }); " +
        "return t.Task; }",
        "t.TrySetResult(r)")]
    [InlineData("Task<int> M() { var t = new TaskCompletionSource<int>(); Task.Run(() => { t.SetResult(1); }); return t.Task; }", null)]
    [InlineData(
        "Task<int> M(Func<int> f) { var t = new TaskCompletionSource<int>(); Task.Run(() => { try { t.SetResult(f()); } " +
        "catch (Exception e) { t.SetException(e); } }); return t.Task; }",
        null)]
    [InlineData(
        "TaskCompletionSource<int> M(Func<int> f) { var t = new TaskCompletionSource<int>(); Task.Run(() => { t.SetResult(f()); }); " +
        "return t; }",
        null)]
    [InlineData("public TaskCompletionSource<int> T = new TaskCompletionSource<int>(); void M(Func<int> f) => T.SetResult(f());", null)]
    public void Completion_IsKeptFromRunningByAFailure(string members, string? expected)
    {
        var place = Place.At(members, Source);
        Assert.Equal(expected, CompletionPaths.FailureLeftOpen(place.Operation, place.Guard)?.Syntax.ToString());
    }
}
