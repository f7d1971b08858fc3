using System;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Groups;

/// <summary>A child or a body whose result would not be awaited does not compile, least of all a value task.</summary>
public sealed class DroppedResultTests
{
    [Theory]
    [InlineData("group.Start(ct => ChildValueAsync(ct));")]
    [InlineData("group.Start(ChildValueAsync);")]
    [InlineData("group.Start(ct => ResultValueAsync(ct));")]
    [InlineData("group.Start(ResultValueAsync);")]
    [InlineData("group.Start(ct => set.Add(1));")]
    [InlineData("TaskGroup.RunAsync(g => BodyValueAsync(g));")]
    [InlineData("TaskGroup.RunAsync(BodyValueAsync);")]
    [InlineData("TaskGroup.RunAsync(g => BodyValueAsync(g), options);")]
    [InlineData("TaskGroup.RunAsync(g => g.WaitForSlotAsync());")]
    public void DroppedResult_IsAnError(string statement)
    {
        Assert.NotEmpty(UserCode.ErrorsOf(statement, LanguageVersion.Latest));
        Assert.NotEmpty(UserCode.ErrorsOf(statement, LanguageVersion.CSharp10));
    }

    [Theory]
    [InlineData("group.StartOnThreadPool(ct => ChildValueAsync(ct));")]
    [InlineData("group.StartOnThreadPool(ChildValueAsync);")]
    public void StartOnThreadPool_ValueTask_IsAnError(string statement)
        => Assert.Equal("CS0619", Assert.Single(UserCode.ErrorsOf(statement, LanguageVersion.Latest)).Id);

    [Fact]
    public Task StartOnThreadPool_ValueTaskWithResult_IsRefused() => TaskGroup.RunAsync(static group =>
    {
        Assert.Throws<NotSupportedException>(() => { _ = group.StartOnThreadPool(static _ => new ValueTask<int>(1)); });
    });

    [Theory]
    [InlineData("group.Start(ChildAsync);")]
    [InlineData("group.Start(ct => ChildAsync(ct));")]
    [InlineData("group.Start(async ct => { await Task.Yield(); });")]
    [InlineData("group.Start(async ct => { await Task.Yield(); return 1; });")]
    [InlineData("group.Start(ct => { set.Add(1); });")]
    [InlineData("group.Start(ct => set.Clear());")]
    [InlineData("group.Start(ct => { throw new Exception(); });")]
    [InlineData("group.Start<int>(ct => null);")]
    [InlineData("group.StartOnThreadPool(ct => 1);")]
    [InlineData("group.StartOnThreadPool(ct => { });")]
    [InlineData("group.StartOnThreadPool(ct => { throw new Exception(); });")]
    [InlineData("group.StartOnThreadPool(async ct => { await Task.Yield(); });")]
    [InlineData("group.StartOnThreadPool(async ct => { await Task.Yield(); return 1; });")]
    [InlineData("group.StartOnThreadPool(ct => LoadAsync());")]
    [InlineData("TaskGroup.RunAsync(g => { g.Start(ChildAsync); });")]
    [InlineData("TaskGroup.RunAsync(g => g.Start(ChildAsync), options);")]
    [InlineData("TaskGroup.RunAsync(g => g.StartCancellable(ChildAsync));")]
    [InlineData("TaskGroup.RunAsync(g => g.Cancel());")]
    [InlineData("TaskGroup.RunAsync(async g => { await Task.Yield(); return 1; });")]
    [InlineData("TaskGroup.RunAsync(g => { throw new Exception(); });")]
    public void Others_Compile(string statement)
    {
        Assert.Empty(UserCode.ErrorsOf(statement, LanguageVersion.Latest));
        Assert.Empty(UserCode.ErrorsOf(statement, LanguageVersion.CSharp10));
    }
}
