using AsyncGuard.Analysis.Precedence;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Precedence;

public sealed class VerdictTests
{
    [Theory]
    [InlineData("async Task M() { File.ReadAllText(\"a\"); }", "File.ReadAllText(\"a\")", nameof(Finding.Indirect), true)]
    [InlineData("void N() => Thread.Sleep(1); async Task M() { N(); }", "N()", nameof(Finding.Indirect), false)]
    [InlineData("void N() => Thread.Sleep(1); Task NAsync() => Task.CompletedTask; async Task M() { N(); }", "N()",
        nameof(Finding.Indirect), true)]
    [InlineData("async Task M(Thread t) { t.Join(); }", "t.Join()", nameof(Finding.Cpu), true)]
    [InlineData("async Task M(Task t) { t.Wait(); }", "t.Wait()", nameof(Finding.TokenNotPassed), true)]
    [InlineData("async Task M() { await Task.Delay(-1); }", "Task.Delay(-1)", nameof(Finding.TokenNotPassed), true)]
    [InlineData("async Task M() { await Task.Delay(5); }", "Task.Delay(5)", nameof(Finding.TokenNotPassed), false)]
    [InlineData("async Task M() { await Task.Delay(-1); }", "Task.Delay(-1)", nameof(Finding.EndlessWait), false)]
    public void Place_BelongsToTheFindingThatGoesBefore(string members, string text, string finding, bool expected)
    {
        var place = Place.At(members, text);
        Assert.Equal(expected, Verdict.IsOfOther(System.Enum.Parse<Finding>(finding), place.Operation, place.Member, place.Guard));
    }

    // What blocks is found as such, however far away.
    [Theory]
    [InlineData("void N() => Thread.Sleep(1); async Task M() { N(); }", true)]
    [InlineData("void N() { } async Task M() { N(); }", false)]
    public void Processor_ComesAfterBlocking(string members, bool expected)
    {
        var place = Place.At(members, "N()");
        Assert.Equal(expected, Verdict.IsOfOther(Finding.Cpu, place.Operation, place.Member, place.Graph, place.Guard));
    }
}
