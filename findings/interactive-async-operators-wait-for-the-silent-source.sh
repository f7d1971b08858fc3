#!/usr/bin/env bash
# System.Interactive.Async 7.0.1: Timeout, Amb and Merge wait for the sequence that does not answer before they end.
# The guess: Timeout throws TimeoutException at its limit; Amb goes with the first sequence that yields and leaves the other; a break out of Merge leaves both.
# Seen: with a source that waits and does not look at its token, Timeout does not end at its limit, the loop over Amb does not end although its winner has, and the break out of Merge does not return. Each goes on as soon as the silent source yields.
# Why the guess misses it: an async sequence may not be disposed while its MoveNextAsync is pending, so each operator awaits that step first. The limit in time needs a source that ends by its token, and for such a one it is hardly needed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package System.Interactive.Async@7.0.1
Console.WriteLine($".NET {Environment.Version}, System.Interactive.Async {typeof(AsyncEnumerableEx).Assembly.GetName().Version}");
await Show("Timeout", silent => silent.Timeout(TimeSpan.FromMilliseconds(200)));
await Show("Amb", silent => Quick().Amb(silent));
await Show("Merge, left by break", silent => AsyncEnumerableEx.Merge(Quick(), silent));

static async Task Show(string name, Func<IAsyncEnumerable<int>, IAsyncEnumerable<int>> combine)
{
    var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    async IAsyncEnumerable<int> Silent()
    {
        await gate.Task;
        yield return 9;
    }

    var loop = Task.Run(async () =>
    {
        try
        {
            await foreach (var item in combine(Silent()))
            {
                break;
            }

            return "left";
        }
        catch (TimeoutException exception)
        {
            return exception.GetType().Name;
        }
    });
    var isOver = await Task.WhenAny(loop, Task.Delay(3000)) == loop;
    gate.SetResult();
    Console.WriteLine($"{name}: over after three seconds: {isOver}, after the silent source has yielded: {await loop}");
}

static async IAsyncEnumerable<int> Quick()
{
    await Task.Delay(50);
    yield return 1;
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Timeout: over after three seconds: False, after the silent source has yielded: TimeoutException' <<< "$output" || { echo "Changed: no line matches '^Timeout: over after three seconds: False, after the silent source has yielded: TimeoutException'"; exit 1; }
grep -qE '^Amb: over after three seconds: False, after the silent source has yielded: left' <<< "$output" || { echo "Changed: no line matches '^Amb: over after three seconds: False, after the silent source has yielded: left'"; exit 1; }
grep -qE '^Merge, left by break: over after three seconds: False, after the silent source has yielded: left' <<< "$output" || { echo "Changed: no line matches '^Merge, left by break: over after three seconds: False, after the silent source has yielded: left'"; exit 1; }
echo "As described."
