using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Testing;

namespace AsyncGuard.Differential;

/// <summary>
/// Runs a program on this library. Two of its differences are emulated away here: with <paramref name="startsLater"/> a child begins in a
/// turn of its own, with
/// <paramref name="hearsAtOnce"/> all children hear of the group's cancellation at once.
/// </summary>
internal sealed class Interpreter(RandomProgram program, VirtualTime time, bool startsLater, bool hearsAtOnce)
{
    private readonly SortedDictionary<string, List<string>> _tasks = new(StringComparer.Ordinal);
    private readonly AsyncWorkQueue<int> _queue = new(program.Capacity);

    public static Trace Run(RandomProgram program, bool startsLater, bool hearsAtOnce)
        => VirtualTime.Run(time => new Interpreter(program, time, startsLater, hearsAtOnce).RunAsync());

    private async Task<Trace> RunAsync()
    {
        using var outer = new CancellationTokenSource();
        time.Loop.CallLater(TimeSpan.FromSeconds(program.CancelAt), outer.Cancel);
        var run = GroupAsync("0", program.Steps, outer.Token);
        try
        {
            await run;
        }
        catch (OperationCanceledException) when (run.IsCanceled)
        {
            return new Trace(_tasks, "cancelled", []);
        }
        catch (Exception)
        {
            return new Trace(_tasks, "failed", [.. run.Exception!.InnerExceptions.Select(Name)]);
        }

        return new Trace(_tasks, "ok", []);
    }

    private static string Name(Exception error) => error switch
    {
        ProgramException => error.Message,
        TimeoutException => "timeout",
        OperationCanceledException => "foreign",
        _ => error.ToString(),
    };

    private void Log(string task, string what)
    {
        if (!_tasks.TryGetValue(task, out var lines)) _tasks[task] = lines = [];
        lines.Add($"{(long)time.Elapsed.TotalSeconds} {what}");
    }

    private Task GroupAsync(string path, IReadOnlyList<Step> steps, CancellationToken token)
        => TaskGroup.RunAsync(group => TaskAsync(path, steps, new Scope(group), group.CancellationToken), token);

    private async Task TaskAsync(string path, IReadOnlyList<Step> steps, Scope scope, CancellationToken token)
    {
        Log(path, "begin");
        try
        {
            await AllAsync(path, steps, scope, token);
            Log(path, "end");
        }
        catch (OperationCanceledException)
        {
            Log(path, token.IsCancellationRequested || scope.Group.IsCancellationRequested ? "cancelled" : "failed");
            throw;
        }
        catch (Exception)
        {
            Log(path, "failed");
            throw;
        }
    }

    private async Task AllAsync(string path, IReadOnlyList<Step> steps, Scope scope, CancellationToken token)
    {
        for (var i = 0; i < steps.Count; i++) await OneAsync(path, $"{path}.{i}", steps[i], scope, token);
    }

    private async Task OneAsync(string path, string place, Step step, Scope scope, CancellationToken token)
    {
        if (hearsAtOnce && step.Op is ("sleep" or "nest" or "timeout" or "put" or "get"))
            scope.Group.CancellationToken.ThrowIfCancellationRequested();
        switch (step.Op)
        {
            case "sleep":
                await time.Delay(step.N, token);
                break;
            case "log":
                Log(path, $"log {step.N}");
                break;
            case "fail":
                throw new ProgramException($"{step.N}");
            case "start":
                scope.Children.Add(place, scope.Group.StartCancellable(childToken => ChildAsync(place, step.Steps!, scope, childToken)));
                break;
            case "nest":
                await GroupAsync(place, step.Steps!, token);
                break;
            case "timeout":
                await Deadline.RunAsync(TimeSpan.FromSeconds(step.N), limited => InnerAsync(path, place, step, scope, limited), token,
                    time.TimeProvider);
                break;
            case "finally":
                try
                {
                    await InnerAsync(path, place, step, scope, token);
                }
                finally
                {
                    Log(path, "cleanup");
                    await time.Delay(step.N, CancellationToken.None);
                    Log(path, "clean");
                }

                break;
            case "catch":
                try
                {
                    await InnerAsync(path, place, step, scope, token);
                }
                catch (OperationCanceledException)
                {
                    Log(path, "caught");
                }

                break;
            case "guard":
                try
                {
                    await InnerAsync(path, place, step, scope, token);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    Log(path, "guarded");
                }

                break;
            case "cancel" when scope.Children.Count > 0:
                scope.Child(step.N).Cancel();
                break;
            case "await" when scope.Children.Count > 0:
                var child = scope.Child(step.N).Task;
                var waits = hearsAtOnce && !child.IsCompleted;
                if (waits) scope.Group.CancellationToken.ThrowIfCancellationRequested();
                try
                {
                    await Shield.WaitAsync(child, token);
                    // The child has heard of the cancellation first, and has ended by it.
                    if (waits) scope.Group.CancellationToken.ThrowIfCancellationRequested();
                }
                catch (OperationCanceledException)
                    when (child.IsCanceled && !scope.Group.IsCancellationRequested && !token.IsCancellationRequested)
                {
                    // Two that wait for it would fail at one instant.
                    await time.Delay(step.N, token);
                    throw;
                }

                Log(path, "awaited");
                break;
            case "put":
                await _queue.PutAsync(step.N, token);
                Log(path, "put");
                break;
            case "get":
                Log(path, $"got {await _queue.GetAsync(token)}");
                break;
        }
    }

    private Task InnerAsync(string path, string place, Step step, Scope scope, CancellationToken token)
    {
        return InnerStepsAsync();

        async Task InnerStepsAsync()
        {
            for (var i = 0; i < step.Steps!.Count; i++) await OneAsync(path, $"{place}.{i}", step.Steps[i], scope, token);
        }
    }

    private async Task ChildAsync(string path, IReadOnlyList<Step> steps, Scope scope, CancellationToken token)
    {
        if (startsLater)
        {
            await Task.Yield();
            token.ThrowIfCancellationRequested();
        }

        await TaskAsync(path, steps, scope, token);
    }

    /// <summary>A group and its children, which steps name by number.</summary>
    private sealed record Scope(TaskGroup Group)
    {
        public SortedDictionary<string, ChildTask> Children { get; } = new(StringComparer.Ordinal);

        public ChildTask Child(int number) => Children.ElementAt(number % Children.Count).Value;
    }

    private sealed class ProgramException(string message) : Exception(message);
}
