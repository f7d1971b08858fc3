using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Groups;

[Collection(nameof(UnobservedCollection))]
public sealed class TaskGroupScopeTests
{
    [Fact]
    public Task JoinAsync_Children_AreWaitedForAndTheirErrorsThrown() => Everywhere.HoldsAsync(async () =>
    {
        await using var scope = TaskGroup.Open();
        var result = scope.Start(static async _ => { await Task.Yield(); return 4; });
        await scope.JoinAsync();
        Assert.Equal(4, result.Result);

        await using var failing = TaskGroup.Open();
        _ = failing.Start(Child.Forever);
        _ = failing.Start(Child.Fails);
        (await Outcome.OfAsync(failing.JoinAsync())).FailsWith<DivideByZeroException>();
        Assert.Same(failing.JoinAsync(), failing.JoinAsync());
    });

    [Fact]
    public Task DisposeAsync_BodyThrows_ChildrenCancelledAndTheBodysExceptionNotMasked() => Everywhere.HoldsAsync(async () =>
    {
        Task? child = null;
        await Assert.ThrowsAsync<FormatException>(async () =>
        {
            await using var scope = TaskGroup.Open();
            child = scope.Start(Child.Forever);
            await Task.Yield();
            throw new FormatException();
        });
        Assert.True(child!.IsCanceled);
    });

    [Fact]
    public async Task DisposeAsync_WithoutAJoin_ErrorsGoToTheEvent()
    {
        using var unobserved = new UnobservedErrors();
        TaskGroupScope scope;
        await using (scope = TaskGroup.Open(new TaskGroupOptions { Name = "scope" })) _ = scope.Start(Child.FailsInCleanup);
        Assert.IsType<DivideByZeroException>(Assert.Single(unobserved.Of("scope")));
        Assert.IsType<DivideByZeroException>(Assert.Single(scope.Group.Errors));
        await scope.DisposeAsync();
        Assert.Single(unobserved.Of("scope"));
    }

    [Fact]
    public async Task Start_AfterASiblingHasFailed_ThrowsACancellationThatNamesTheError()
    {
        using var unobserved = new UnobservedErrors();
        TaskGroupScope? scope = null;
        var calls = 0;
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await using (scope = TaskGroup.Open(new TaskGroupOptions { Name = "sibling" }))
            {
                _ = scope.Start(Child.FailsAtOnce);
                _ = scope.Start(_ => { calls++; return Task.CompletedTask; });
                await scope.JoinAsync();
            }
        });
        Assert.Equal(0, calls);
        Assert.Equal(scope!.CancellationToken, exception.CancellationToken);
        Assert.IsType<DivideByZeroException>(exception.InnerException);
        Assert.Same(exception.InnerException, Assert.Single(unobserved.Of("sibling")));
    }

    [Fact]
    public async Task Start_AfterCancel_ThrowsACancellationWithoutACause()
    {
        await using var scope = TaskGroup.Open();
        scope.Cancel();
        Assert.Null(Assert.ThrowsAny<OperationCanceledException>(() => { _ = scope.Start(Child.Forever); }).InnerException);
        await scope.JoinAsync();
    }

    [Fact]
    public async Task DisposeAsync_DuringAJoin_CancelsAndWaits()
    {
        var scope = TaskGroup.Open();
        var child = scope.Start(Child.Forever);
        var join = scope.JoinAsync();
        Assert.False(join.IsCompleted);
        await scope.DisposeAsync();
        Assert.True(child.IsCanceled);
        Assert.True(join.IsCompletedSuccessfully);
        await scope.DisposeAsync();
    }

    [Fact]
    public async Task Open_TokenCancelledBeforehand_NothingStartsAndTheJoinIsCanceled()
    {
        var cancelled = new CancellationToken(canceled: true);
        await using var scope = TaskGroup.Open(cancellationToken: cancelled);
        Assert.Throws<OperationCanceledException>(() => { _ = scope.Start(Child.Yields); });
        Assert.True(scope.CancellationToken.IsCancellationRequested);
        (await Outcome.OfAsync(scope.JoinAsync())).IsCanceledBy(cancelled);
    }

    [Fact]
    public async Task JoinAsync_AfterTheEnd_StartIsRefused()
    {
        await using var scope = TaskGroup.Open();
        await scope.JoinAsync();
        Assert.Throws<InvalidOperationException>(() => { _ = scope.Start(Child.Yields); });
        Assert.Throws<InvalidOperationException>(() => { _ = scope.Start(static _ => Task.FromResult(1)); });
    }

    [Fact]
    public async Task Cancel_ThenJoin_NoException()
    {
        await using var scope = TaskGroup.Open();
        _ = scope.Start(Child.Forever);
        scope.Cancel();
        await scope.JoinAsync();
    }

    [Fact]
    public void Scope_DroppedWhileRunning_IsReportedAsLeaked()
    {
        using var unobserved = new UnobservedErrors();
        Drop();
        for (var i = 0; i < 10 && unobserved.Of("leaked").Length == 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Contains("TaskGroupScopeTests.cs", Assert.Single(unobserved.Of("leaked")).Message);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Drop() => TaskGroup.Open(new TaskGroupOptions { Name = "leaked" });
    }

    [Fact]
    public async Task Scope_JoinedOrDisposed_IsNotReportedAsLeaked()
    {
        using var unobserved = new UnobservedErrors();
        await UseAsync();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Empty(unobserved.Of("used"));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static async Task UseAsync()
        {
            await TaskGroup.Open(new TaskGroupOptions { Name = "used" }).JoinAsync();
            await TaskGroup.Open(new TaskGroupOptions { Name = "used" }).DisposeAsync();
        }
    }
}
