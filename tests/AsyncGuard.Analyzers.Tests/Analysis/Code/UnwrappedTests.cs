using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Code;

public sealed class UnwrappedTests
{
    [Theory]
    [InlineData("object M(int i) => (object)(long)i;", "(object)(long)i", "i")]
    [InlineData("object M(int i) => ((object)i);", "(object)i", "i")]
    [InlineData("int M(int i) => i + 1;", "i + 1", "i + 1")]
    public void Conversions_AreStripped(string members, string text, string expected) =>
        Assert.Equal(expected, Unwrapped.Conversions(Place.At(members, text).Operation).Syntax.ToString());

    [Theory]
    [InlineData("async Task M(Task t) => await t.ConfigureAwait(false);", "t.ConfigureAwait(false)", "t")]
    [InlineData("async Task M(Task<int> t) => await ((Task)t).ConfigureAwait(true);", "((Task)t).ConfigureAwait(true)", "t")]
    [InlineData("async Task M(Task t) => await t.WaitAsync(default(CancellationToken));", "t.WaitAsync(default(CancellationToken))",
        "t.WaitAsync(default(CancellationToken))")]
    public void ConfigureAwait_IsStripped(string members, string text, string expected) =>
        Assert.Equal(expected, Unwrapped.Awaited(Place.At(members, text).Operation).Syntax.ToString());

    [Fact]
    public void Delegate_IsWhatItIsMadeFrom() =>
        Assert.IsAssignableFrom<IMethodReferenceOperation>(
        Unwrapped.Delegate(Place.At("void N() { } object M() => (object)new Action(N);", "(object)new Action(N)").Operation));

    [Fact]
    public void Around_GoesOutToTheArgument()
    {
        var value = Place.At("void N(object o) { } void M(int i) => N((long)i);", "i").Operation;
        Assert.IsAssignableFrom<IArgumentOperation>(Unwrapped.ConversionsAround(value).Parent);
    }

    [Theory]
    [InlineData("int M(int[] a) => a[1];", "a[1]", true)]
    [InlineData("int M(List<int> a) => a[1];", "a[1]", true)]
    [InlineData("int M(List<int> a) => a.Count;", "a.Count", false)]
    public void ElementOf_IsTheCollection(string members, string text, bool expected) =>
    Assert.Equal(expected, Unwrapped.ElementOf(Place.At(members, text).Operation) is not null);
}
