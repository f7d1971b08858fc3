#!/usr/bin/env bash
# .NET 10: a failure that is awaited with ConfigureAwaitOptions.SuppressThrowing raises no UnobservedTaskException; one that is only looked at by IsFaulted, or that WaitAsync, WhenAny and WhenEach have let go, does.
# The guess: who does not want the exception has not observed it, so that the event for forgotten failures still tells of it.
# Seen: the event comes after a time-out of WaitAsync, for the loser of WhenAny, for a task that WhenEach has handed out, after ContinueWith that does not ask and after IsFaulted. It does not come after SuppressThrowing, nor for the second failure of WhenAll and of Parallel.ForEachAsync, of which "await" throws the first only.
# Why the guess misses it: the await asks for the exception in order to drop it, which marks it as observed. Code that awaits a background task with SuppressThrowing while it stops loses a failure for good, although it has the event connected to its log.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
using System.Runtime.CompilerServices;

Console.WriteLine($".NET {Environment.Version}");
var events = 0;
TaskScheduler.UnobservedTaskException += (_, arguments) =>
{
    Interlocked.Increment(ref events);
    arguments.SetObserved();
};
await Show("not awaited", () => { _ = Fail(); return Task.CompletedTask; });
await Show("SuppressThrowing", async () => await Fail().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing));
await Show("WaitAsync", async () =>
{
    try { await Fail().WaitAsync(TimeSpan.FromMilliseconds(20)); }
    catch (TimeoutException) { }
});
await Show("WhenAny", async () => await Task.WhenAny(Fail(), Task.CompletedTask));
await Show("WhenEach", async () => { await foreach (var _ in Task.WhenEach(Fail())) { } });
await Show("ContinueWith", async () => await Fail().ContinueWith(_ => { }));
await Show("IsFaulted", async () =>
{
    var task = Fail();
    while (!task.IsCompleted) await Task.Delay(10);
    _ = task.IsFaulted;
});
await Show("WhenAll", async () =>
{
    try { await Task.WhenAll(Fail(), Fail()); }
    catch (InvalidOperationException) { }
});
await Show("Parallel.ForEachAsync", async () =>
{
    try { await Parallel.ForEachAsync([1, 2], async (_, _) => await Fail()); }
    catch (InvalidOperationException) { }
});

async Task Show(string name, Func<Task> use)
{
    events = 0;
    await Use(use);
    for (var i = 0; i < 20 && events == 0; i++)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        await Task.Delay(20);
    }

    Console.WriteLine($"{name}: {(events > 0 ? "the event" : "no event")}");
}

[MethodImpl(MethodImplOptions.NoInlining)]
static async Task Use(Func<Task> use)
{
    await use();
    await Task.Delay(300);
}

static async Task Fail()
{
    await Task.Delay(150);
    throw new InvalidOperationException();
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^not awaited: the event' <<< "$output" || { echo "Changed: no line matches '^not awaited: the event'"; exit 1; }
grep -qE '^SuppressThrowing: no event' <<< "$output" || { echo "Changed: no line matches '^SuppressThrowing: no event'"; exit 1; }
grep -qE '^WaitAsync: the event' <<< "$output" || { echo "Changed: no line matches '^WaitAsync: the event'"; exit 1; }
grep -qE '^WhenAny: the event' <<< "$output" || { echo "Changed: no line matches '^WhenAny: the event'"; exit 1; }
grep -qE '^WhenEach: the event' <<< "$output" || { echo "Changed: no line matches '^WhenEach: the event'"; exit 1; }
grep -qE '^ContinueWith: the event' <<< "$output" || { echo "Changed: no line matches '^ContinueWith: the event'"; exit 1; }
grep -qE '^IsFaulted: the event' <<< "$output" || { echo "Changed: no line matches '^IsFaulted: the event'"; exit 1; }
grep -qE '^WhenAll: no event' <<< "$output" || { echo "Changed: no line matches '^WhenAll: no event'"; exit 1; }
grep -qE '^Parallel.ForEachAsync: no event' <<< "$output" || { echo "Changed: no line matches '^Parallel.ForEachAsync: no event'"; exit 1; }
echo "As described."
