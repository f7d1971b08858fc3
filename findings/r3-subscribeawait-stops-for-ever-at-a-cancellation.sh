#!/usr/bin/env bash
# R3 1.3.1: an OperationCanceledException in the handler of SubscribeAwait or SelectAwait ends the handling of all later values, without an error and without an end.
# The guess: an exception of a handler goes to onErrorResume and the subscription goes on, which is the principle of R3; a cancellation is at most ignored for its value.
# Seen: after InvalidDataException the next values are handled. After a TaskCanceledException, such as that of an HttpClient which has timed out, no value is handled any more, and neither onErrorResume nor onCompleted is called, not even when the source completes.
# Why the guess misses it: the loop that runs the handlers takes every cancellation for that of the subscription and returns. One slow answer stops a consumer that seems to be subscribed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package R3@1.3.1
using R3;

Console.WriteLine($".NET {Environment.Version}, R3 {typeof(Observable).Assembly.GetName().Version}");
await Show<InvalidDataException>("SubscribeAwait, failure", SubscribeAwait);
await Show<TaskCanceledException>("SubscribeAwait, time-out", SubscribeAwait);
await Show<InvalidDataException>("SelectAwait, failure", SelectAwait);
await Show<TaskCanceledException>("SelectAwait, time-out", SelectAwait);

static IDisposable SubscribeAwait(Subject<int> source, Func<int, CancellationToken, ValueTask<int>> handle, Action<string> log) =>
    source.SubscribeAwait(
        async (value, token) => log($"handled {await handle(value, token)}"),
        exception => log($"error {exception.GetType().Name}"),
        _ => log("completed"),
        AwaitOperation.Sequential);

static IDisposable SelectAwait(Subject<int> source, Func<int, CancellationToken, ValueTask<int>> handle, Action<string> log) =>
    source.SelectAwait(handle, AwaitOperation.Sequential).Subscribe(
        value => log($"handled {value}"),
        exception => log($"error {exception.GetType().Name}"),
        _ => log("completed"));

static async Task Show<TException>(string name, Func<Subject<int>, Func<int, CancellationToken, ValueTask<int>>, Action<string>, IDisposable> subscribe)
    where TException : Exception, new()
{
    var log = new List<string>();
    var source = new Subject<int>();
    using var subscription = subscribe(
        source,
        async (value, token) =>
        {
            await Task.Yield();
            return value == 2 ? throw new TException() : value;
        },
        line =>
        {
            lock (log)
            {
                log.Add(line);
            }
        });
    for (var value = 1; value <= 3; value++)
    {
        source.OnNext(value);
        await Task.Delay(500);
    }

    source.OnCompleted();
    await Task.Delay(500);
    lock (log)
    {
        Console.WriteLine($"{name}: {string.Join(", ", log)}");
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^SubscribeAwait, failure: handled 1, error InvalidDataException, handled 3, completed$' <<< "$output" || { echo "Changed: no line matches '^SubscribeAwait, failure: handled 1, error InvalidDataException, handled 3, completed$'"; exit 1; }
grep -qE '^SubscribeAwait, time-out: handled 1$' <<< "$output" || { echo "Changed: no line matches '^SubscribeAwait, time-out: handled 1$'"; exit 1; }
grep -qE '^SelectAwait, failure: handled 1, error InvalidDataException, handled 3, completed$' <<< "$output" || { echo "Changed: no line matches '^SelectAwait, failure: handled 1, error InvalidDataException, handled 3, completed$'"; exit 1; }
grep -qE '^SelectAwait, time-out: handled 1$' <<< "$output" || { echo "Changed: no line matches '^SelectAwait, time-out: handled 1$'"; exit 1; }
echo "As described."
