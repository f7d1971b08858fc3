using System;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Blocking;

/// <summary>
/// Asynchronous code handed to <see cref="BlockingWork"/> would be begun there and never waited for: it does not compile.
/// </summary>
public sealed class AsynchronousBlockingWorkTests
{
    [Theory]
    [InlineData("async () => await Task.Yield()")]
    [InlineData("async () => { await Task.Yield(); return 1; }")]
    [InlineData("() => Task.Delay(1)")]
    [InlineData("() => Task.FromResult(1)")]
    [InlineData("LoadAsync")]
    [InlineData("LoadAsync, CancellationToken.None, abandonOnCancel: true")]
    [InlineData("SaveValueAsync")]
    [InlineData("() => SaveValueAsync()")]
    [InlineData("LoadValueAsync")]
    [InlineData("() => LoadValueAsync()")]
    [InlineData("LoadValueAsync, CancellationToken.None, abandonOnCancel: true")]
    public void Asynchronous_IsAnError(string work)
    {
        var error = Assert.Single(ErrorsOf(work, LanguageVersion.Latest));
        Assert.Equal("CS0619", error.Id);
        Assert.Contains("Task.Run", error.GetMessage());
        Assert.NotEmpty(ErrorsOf(work, LanguageVersion.CSharp10));
    }

    [Theory]
    [InlineData("() => 1")]
    [InlineData("() => { }")]
    [InlineData("() => throw new InvalidOperationException()")]
    [InlineData("() => { while (true) { } }")]
    [InlineData("() => Console.ReadLine()")]
    [InlineData("Console.ReadLine")]
    [InlineData("() => 1, CancellationToken.None, abandonOnCancel: true")]
    public void Synchronous_Compiles(string work)
    {
        Assert.Empty(ErrorsOf(work, LanguageVersion.Latest));
        Assert.Empty(ErrorsOf(work, LanguageVersion.CSharp7_3));
    }

    [Fact]
    public void ValueTaskByTypeArgument_IsRefused()
    {
        Assert.Throws<NotSupportedException>(() => { _ = RunAsync<ValueTask>(static () => default); });
        Assert.Throws<NotSupportedException>(() => { _ = RunAsync<ValueTask<int>>(static () => default); });

        // The compiler does not know what T is.
        static Task<T> RunAsync<T>(Func<T> work) => BlockingWork.RunAsync(work);
    }

    private static Diagnostic[] ErrorsOf(string work, LanguageVersion version)
        => UserCode.ErrorsOf($"BlockingWork.RunAsync({work});", version);
}
