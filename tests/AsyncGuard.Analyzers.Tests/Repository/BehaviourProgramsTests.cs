using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using AsyncGuard.Analyzers.Tests.Behaviour;
using AsyncGuard.Plans;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>Every fix is run over at least ten programs.</summary>
public sealed partial class BehaviourProgramsTests
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
    [InlineData(typeof(LoopIgnoresTokenBehaviourTests))]
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
    [InlineData(typeof(CpuWorkBehaviourTests))]
    [InlineData(typeof(TransactionWithoutFlowBehaviourTests))]
    [InlineData(typeof(IndependentAwaitsBehaviourTests))]
    [InlineData(typeof(UnboundedFanOutBehaviourTests))]
    [InlineData(typeof(GroupMisuseBehaviourTests))]
    [InlineData(typeof(NullTaskBehaviourTests))]
    [InlineData(typeof(HttpClientPerCallBehaviourTests))]
    [InlineData(typeof(UnboundedBufferBehaviourTests))]
    [InlineData(typeof(BlockingCallArgumentsBehaviourTests))]
    public void Fix_IsRunOverTenPrograms(Type tests)
    {
        var programs = ProgramsOf(tests);
        Assert.True(programs >= Fewest, $"{tests.Name} has {programs} programs");
    }

    [Fact]
    public void Table_OfThePage_HasEveryRuleWithAFix_AndCountsNoMoreProgramsThanThereAre()
    {
        var rows = Row().Matches(Checkout.Read("docs/fix-safety.md")).ToDictionary(row => row.Groups[1].Value);
        Assert.Equal(FixActions.All.Select(action => action.Rule).Distinct().Order(StringComparer.Ordinal),
            rows.Keys.Order(StringComparer.Ordinal));

        var programs = typeof(BehaviourProgramsTests).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(BlockingSleepBehaviourTests).Namespace)
            .SelectMany(type => RulesOf(type).Select(rule => (Rule: rule, Programs: ProgramsOf(type))))
            .ToLookup(pair => pair.Rule, pair => pair.Programs);
        foreach (var action in FixActions.All.GroupBy(action => action.Rule))
        {
            var said = rows[action.Key].Groups;
            Assert.Equal($"{action.Count(one => one.IsSafe)} safe, {action.Count(one => !one.IsSafe)} to review",
                $"{said[2].Value} safe, {said[3].Value} to review");
            Assert.InRange(int.Parse(said[4].Value, CultureInfo.InvariantCulture), 0, programs[action.Key].Sum());
        }
    }

    private static int ProgramsOf(Type tests) => tests.GetMethods(BindingFlags.Public | BindingFlags.Instance)
        .Sum(method => method.GetCustomAttributes<InlineDataAttribute>().Count());

    private static IEnumerable<string> RulesOf(Type tests) =>
        tests.BaseType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(RuleTest<,>)
            ? ((CodeFixProvider)Activator.CreateInstance(type.GetGenericArguments()[1])!).FixableDiagnosticIds
            : Enumerable.Empty<string>();

    [GeneratedRegex(@"^\| \[(AGD\d{4})\]\(rules/\1\.md\) \| (\d+) \| (\d+) \| (\d+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
