using System;
using System.Linq;
using System.Reflection;
using AsyncGuard.Analyzers.Tests.Behaviour;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>The fixes that are used most are run over at least ten programs each.</summary>
public sealed class BehaviourProgramsTests
{
    private const int Fewest = 10;

    [Theory]
    [InlineData(typeof(BlockingSleepBehaviourTests))]
    [InlineData(typeof(BlockingWaitBehaviourTests))]
    [InlineData(typeof(BlockingCallBehaviourTests))]
    [InlineData(typeof(BlockingPrimitiveBehaviourTests))]
    [InlineData(typeof(SyncOverAsyncBehaviourTests))]
    [InlineData(typeof(DroppedTaskBehaviourTests))]
    [InlineData(typeof(DiscardedTaskBehaviourTests))]
    [InlineData(typeof(TokenNotPassedBehaviourTests))]
    [InlineData(typeof(UnusedTokenBehaviourTests))]
    [InlineData(typeof(SwallowedCancellationBehaviourTests))]
    [InlineData(typeof(SourceNotDisposedBehaviourTests))]
    [InlineData(typeof(EndlessWaitBehaviourTests))]
    [InlineData(typeof(EnumeratorTokenBehaviourTests))]
    [InlineData(typeof(ReleaseWithoutAcquireBehaviourTests))]
    [InlineData(typeof(ItemLoopIgnoresTokenBehaviourTests))]
    [InlineData(typeof(InlineContinuationsBehaviourTests))]
    [InlineData(typeof(ContinueWithBehaviourTests))]
    [InlineData(typeof(HeldBodyBehaviourTests))]
    [InlineData(typeof(SynchronousDisposeBehaviourTests))]
    [InlineData(typeof(AsyncWithoutAwaitBehaviourTests))]
    [InlineData(typeof(OffloadedAsyncWorkBehaviourTests))]
    [InlineData(typeof(LosersOfWhenAnyBehaviourTests))]
    [InlineData(typeof(TaskReturnedFromTryBehaviourTests))]
    [InlineData(typeof(CancelledNotAwaitedBehaviourTests))]
    [InlineData(typeof(DroppedRegistrationBehaviourTests))]
    [InlineData(typeof(TimeoutEndsWorkerBehaviourTests))]
    [InlineData(typeof(UncompletedSourceBehaviourTests))]
    [InlineData(typeof(ResponseKeptOpenBehaviourTests))]
    [InlineData(typeof(SequentialAwaitsBehaviourTests))]
    [InlineData(typeof(IndirectBlockingBehaviourTests))]
    [InlineData(typeof(IndirectBlockingPlaceBehaviourTests))]
    [InlineData(typeof(AsyncVoidBehaviourTests))]
    [InlineData(typeof(AsyncVoidLambdaBehaviourTests))]
    [InlineData(typeof(AbandonedTaskBehaviourTests))]
    [InlineData(typeof(NestedTaskBehaviourTests))]
    [InlineData(typeof(TaskOutlivesResourceBehaviourTests))]
    [InlineData(typeof(TaskSequenceRepeatedBehaviourTests))]
    [InlineData(typeof(TaskAsValueBehaviourTests))]
    [InlineData(typeof(SyncRunnerBehaviourTests))]
    [InlineData(typeof(CancellableCleanupBehaviourTests))]
    [InlineData(typeof(NarrowCancellationCatchBehaviourTests))]
    [InlineData(typeof(ValueTaskReuseBehaviourTests))]
    [InlineData(typeof(UnawaitedResourceBehaviourTests))]
    public void Fix_IsRunOverTenPrograms(Type tests)
    {
        var programs = tests.GetMethods(BindingFlags.Public | BindingFlags.Instance)
            .Sum(method => method.GetCustomAttributes<InlineDataAttribute>().Count());
        Assert.True(programs >= Fewest, $"{tests.Name} has {programs} programs");
    }
}
