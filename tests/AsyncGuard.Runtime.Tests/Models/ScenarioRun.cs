using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using AsyncGuard.Testing;
using Xunit;

namespace AsyncGuard.Models;

/// <summary>
/// Runs a scenario in virtual time and holds every group in it, nested ones too, against the reference model: what its own children were
/// seen to do decides how it must end.
/// </summary>
internal sealed class ScenarioRun(Scenario scenario, VirtualTime time)
{
    private int _live;

    public static void Check(Scenario scenario) =>
        VirtualTime.Run(time => new ScenarioRun(scenario, time).RunAsync(), scenario.Seed == 0 ? null : scenario.Seed);

    private async Task RunAsync()
    {
        using var outer = new CancellationTokenSource();
        if (scenario.OuterCancelAt >= 0) time.Loop.CallLater(TimeSpan.FromSeconds(scenario.OuterCancelAt), outer.Cancel);
        var options = new TaskGroupOptions
        {
            MaxConcurrency = scenario.MaxConcurrency,
            Policy = scenario.Supervise ? TaskGroupPolicy.Supervise : TaskGroupPolicy.FailFast,
            Timeout = scenario.TimeoutAt >= 0 ? TimeSpan.FromSeconds(scenario.TimeoutAt) : Timeout.InfiniteTimeSpan,
            TimeProvider = time.TimeProvider,
        };
        var model = new GroupModel();
        var run = TaskGroup.RunAsync(group => RunBodyAsync(group, scenario.Body, model), options, outer.Token);
        var outcome = await Outcome.OfAsync(run);
        var asked = time.Elapsed.TotalSeconds >= scenario.TimeoutAt && scenario.TimeoutAt >= 0;
        Assert.Equal(0, _live);
        model.Check(outcome, outer.Token, asked);
        // Nothing of the group may run after its end.
        await time.Delay(1000);
        Assert.Equal(0, _live);
    }

    private async Task RunBodyAsync(TaskGroup group, Program body, GroupModel model)
    {
        model.Group = group;
        await TrackAsync(group, body, model, group.CancellationToken, handle: false);
    }

    private async Task TrackAsync(TaskGroup group, Program program, GroupModel model, CancellationToken token, bool handle)
    {
        _live++;
        try
        {
            await ExecuteAsync(group, program, model, token);
        }
        catch (OperationCanceledException)
        {
            // By its handle alone it stops for itself, not for the group.
            if (!handle || group.IsCancellationRequested) model.Acknowledged++;
            throw;
        }
        catch (ModelException exception)
        {
            model.Thrown.Add(exception);
            throw;
        }
        finally
        {
            _live--;
        }
    }

    private async Task ExecuteAsync(TaskGroup group, Program program, GroupModel model, CancellationToken token)
    {
        ChildTask? handle = null;
        foreach (var step in program.Steps)
        {
            switch (step.Kind)
            {
                case StepKind.Yield:
                    await Task.Yield();
                    break;
                case StepKind.Delay:
                    await time.Delay(step.Amount, token);
                    break;
                case StepKind.StubbornDelay:
                    await time.Delay(step.Amount);
                    break;
                case StepKind.Fail:
                    throw new ModelException();
                case StepKind.FailInCleanup:
                    try
                    {
                        await time.Delay(50, token);
                    }
                    finally
                    {
                        await Task.Yield();
                        throw new ModelException();
                    }
                case StepKind.Cancel:
                    group.Cancel();
                    break;
                case StepKind.Start:
                    handle = group.StartCancellable(childToken =>
                    {
                        model.Begun++;
                        return TrackAsync(group, step.Child!, model, childToken, handle: true);
                    });
                    model.Accepted++;
                    break;
                case StepKind.CancelHandle:
                    handle?.Cancel();
                    break;
                case StepKind.Nest:
                    _ = group.Start(childToken =>
                    {
                        model.Begun++;
                        return Nest(step.Child!, model, childToken);
                    });
                    model.Accepted++;
                    break;
            }
        }
    }

    /// <summary>Hands the inner group's own task to the outer one, so that all of its errors arrive there.</summary>
    private Task Nest(Program program, GroupModel outer, CancellationToken token)
    {
        var model = new GroupModel();
        _live++;
        var run = TaskGroup.RunAsync(group => RunBodyAsync(group, program, model), token);
        outer.Nested.Add(CheckAsync());
        return run;

        async Task CheckAsync()
        {
            var outcome = await Outcome.OfAsync(run);
            _live--;
            if (model.Group is not null) model.Check(outcome, token, timedOut: false);
            outer.NestedErrors.AddRange(outcome.Errors);
            if (outcome.Status == TaskStatus.Canceled) outer.Acknowledged++;
        }
    }

    private sealed class GroupModel
    {
        public TaskGroup? Group { get; set; }

        public List<Exception> Thrown { get; } = [];

        public List<Exception> NestedErrors { get; } = [];

        public List<Task> Nested { get; } = [];

        public int Acknowledged { get; set; }

        public int Accepted { get; set; }

        public int Begun { get; set; }

        public void Check(Outcome outcome, CancellationToken outer, bool timedOut)
        {
            Assert.Equal(0, Group!.RunningCount + Group.WaitingCount);
            foreach (var nested in Nested)
                Assert.True(nested.IsCompletedSuccessfully, nested.Exception?.ToString() ?? "A nested group outlives its outer one.");
            var errors = Thrown.Concat(NestedErrors).ToHashSet();
            if (errors.Count > 0)
            {
                Assert.Equal(TaskStatus.Faulted, outcome.Status);
                Assert.Equal(errors.Count, outcome.Errors.Count);
                Assert.Superset(errors, outcome.Errors.ToHashSet());
                if (Nested.Count == 0) Assert.Same(Thrown[0], outcome.Thrown);
                return;
            }

            var stopped = Acknowledged > 0 || Begun < Accepted;
            if (!stopped)
            {
                Assert.Equal(TaskStatus.RanToCompletion, outcome.Status);
            }
            else if (outer.IsCancellationRequested)
            {
                // Or it had ended by Cancel or its time-out at the very instant before.
                Assert.True(outcome.Status == TaskStatus.Canceled || outcome.Status == TaskStatus.RanToCompletion
                    || outcome.Thrown is TimeoutException, $"{outcome.Thrown}");
            }
            else
            {
                Assert.True(
                    outcome.Status == TaskStatus.RanToCompletion || (timedOut && outcome.Thrown is TimeoutException),
                    $"{outcome.Status} {outcome.Thrown}");
            }
        }
    }

    private sealed class ModelException : Exception;
}
