#!/usr/bin/env bash
# Akka.Streams 1.5.74: the same exception in the function of SelectAsync ends the stream as itself when the task fails later, and as an AggregateException when the task has failed by the time it is returned.
# The guess: "await stream.RunWith(sink, materializer)" throws what the function has thrown, and whether it has waited before makes no difference.
# Seen: a function that throws after an await which waits gives InvalidOperationException, as Select does. One that throws before, or hands out a failed task, gives AggregateException around it; "catch (InvalidOperationException)" does not match. The decider of a supervision strategy is asked with the same exceptions. A cancellation is TaskCanceledException in both.
# Why the guess misses it: the stage has a short way for tasks that are complete, and that way hands on the exception of the task, not the one inside it. A function that finds its value in a cache, or fails while it checks its argument, is handled in another way than the same function on a slow day.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Akka.Streams@1.5.74
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.Supervision;

Console.WriteLine($".NET {Environment.Version}, Akka.Streams {typeof(Source).Assembly.GetName().Version}");
using var system = ActorSystem.Create("system", "akka.loglevel = OFF");
using var materializer = system.Materializer();
await Show("Select", source => source.Select(item => Fail(item)));
await Show("SelectAsync, later", source => source.SelectAsync(1, async item =>
{
    await Task.Delay(100);
    return Fail(item);
}));
await Show("SelectAsync, before an await", source => source.SelectAsync(1, async item =>
{
    var value = Fail(item);
    await Task.Delay(1);
    return value;
}));
await Show("SelectAsync, a failed task", source => source.SelectAsync(1, item => item == 2 ? Task.FromException<int>(new InvalidOperationException()) : Task.FromResult(item)));
await Show("SelectAsync, a cancellation", source => source.SelectAsync(1, async item =>
{
    await Task.Delay(100);
    return item == 2 ? throw new TaskCanceledException() : item;
}));
await Show("SelectAsync, a cancelled task", source => source.SelectAsync(1, item => item == 2 ? Task.FromCanceled<int>(new CancellationToken(true)) : Task.FromResult(item)));

async Task Show(string name, Func<Source<int, Akka.NotUsed>, Source<int, Akka.NotUsed>> add)
{
    string? asked = null;
    var strategy = ActorAttributes.CreateSupervisionStrategy(exception =>
    {
        asked ??= exception.GetType().Name;
        return Akka.Streams.Supervision.Directive.Stop;
    });
    var task = add(Source.From([1, 2, 3])).WithAttributes(strategy).RunWith(Sink.Seq<int>(), materializer);
    try
    {
        await task.WaitAsync(TimeSpan.FromSeconds(30));
        Console.WriteLine($"{name}: ended normally");
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{name}: {exception.GetType().Name}, {task.Status}; the decider was asked for {asked ?? "nothing"}");
    }
}

static int Fail(int item) => item == 2 ? throw new InvalidOperationException() : item;
PROGRAM
output=$(dotnet run program.cs 2>&1) || { echo "$output"; exit 1; }
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Select: InvalidOperationException, Faulted; the decider was asked for InvalidOperationException' <<< "$output" || { echo "Changed: no line matches '^Select: InvalidOperationException, Faulted; the decider was asked for InvalidOperationException'"; exit 1; }
grep -qE '^SelectAsync, later: InvalidOperationException, Faulted; the decider was asked for InvalidOperationException' <<< "$output" || { echo "Changed: no line matches '^SelectAsync, later: InvalidOperationException, Faulted; the decider was asked for InvalidOperationException'"; exit 1; }
grep -qE '^SelectAsync, before an await: AggregateException, Faulted; the decider was asked for AggregateException' <<< "$output" || { echo "Changed: no line matches '^SelectAsync, before an await: AggregateException, Faulted; the decider was asked for AggregateException'"; exit 1; }
grep -qE '^SelectAsync, a failed task: AggregateException, Faulted; the decider was asked for AggregateException' <<< "$output" || { echo "Changed: no line matches '^SelectAsync, a failed task: AggregateException, Faulted; the decider was asked for AggregateException'"; exit 1; }
grep -qE '^SelectAsync, a cancellation: TaskCanceledException, Faulted' <<< "$output" || { echo "Changed: no line matches '^SelectAsync, a cancellation: TaskCanceledException, Faulted'"; exit 1; }
echo "As described."
