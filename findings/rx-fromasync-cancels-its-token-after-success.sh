#!/usr/bin/env bash
# System.Reactive 7.0.0: the token that Observable.FromAsync hands to its function is cancelled also when the function has succeeded.
# The guess: the token fires if the subscription is disposed before the result is there, and never after it.
# Seen: the result arrives, the sequence completes, and then the callbacks that were registered on the token run. So do they behind Take(1), SelectMany and Concat.
# Why the guess misses it: the end of a sequence disposes the subscription, and its disposal cancels. A callback that reports an abort, closes a shared connection or rolls back runs for each success.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package System.Reactive@7.0.0
using System.Reactive.Linq;

Console.WriteLine($".NET {Environment.Version}, System.Reactive {typeof(Observable).Assembly.GetName().Version}");
await Show("FromAsync", work => Observable.FromAsync(work));
await Show("FromAsync and Take(1)", work => Observable.FromAsync(work).Take(1));
await Show("SelectMany", work => Observable.Return(0).SelectMany((_, token) => work(token)));
await Show("Concat", work => Observable.FromAsync(work).Concat(Observable.Return(2)));

static async Task Show(string name, Func<Func<CancellationToken, Task<int>>, IObservable<int>> build)
{
    var fired = new TaskCompletionSource();
    var isDone = false;
    var firedAfterResult = false;
    var last = await build(async token =>
    {
        // Kept as a library keeps it that closes what it opened when the token fires.
        token.Register(() =>
        {
            firedAfterResult = isDone;
            fired.TrySetResult();
        });
        await Task.Delay(50);
        isDone = true;
        return 1;
    });
    var first = await Task.WhenAny(fired.Task, Task.Delay(2000));
    Console.WriteLine($"{name}: result {last}, token {(first == fired.Task ? "fired" : "did not fire")}{(firedAfterResult ? " after it" : "")}");
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^FromAsync: result 1, token fired after it' <<< "$output" || { echo "Changed: no line matches '^FromAsync: result 1, token fired after it'"; exit 1; }
grep -qE 'Take.1.: result 1, token fired after it' <<< "$output" || { echo "Changed: no line matches 'Take.1.: result 1, token fired after it'"; exit 1; }
grep -qE 'SelectMany: result 1, token fired after it' <<< "$output" || { echo "Changed: no line matches 'SelectMany: result 1, token fired after it'"; exit 1; }
grep -qE 'Concat: result 2, token fired after it' <<< "$output" || { echo "Changed: no line matches 'Concat: result 2, token fired after it'"; exit 1; }
echo "As described."
