#!/usr/bin/env bash
# Microsoft.Extensions.Logging.Console 10.0.15: a log call waits where 2,500 messages are queued, so a slow reader of the output stops the code that logs.
# The guess: the provider writes on a thread of its own, so that a log call never waits for the console.
# Seen: with a reader that takes nothing for some seconds, one call of LogInformation takes about as long; with ConsoleLoggerQueueFullMode.DropWrite none does.
# Why the guess misses it: the queue has a limit, and its default is to wait for room, in a synchronous method that async code calls everywhere. A paused terminal or a full pipe of a container stops every request.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.Extensions.Logging.Console@10.0.15
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

var drops = args[0] == "drop";
using var factory = LoggerFactory.Create(logging => logging.AddConsole(options =>
{
    if (drops) options.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
}));
var logger = factory.CreateLogger("Example");
var longest = TimeSpan.Zero;
for (var i = 0; i < 20_000; i++)
{
    var start = Stopwatch.GetTimestamp();
    logger.LogInformation("Message {Number}", i);
    var took = Stopwatch.GetElapsedTime(start);
    if (took > longest) longest = took;
}

Console.Error.WriteLine($".NET {Environment.Version}, {args[0]}: the longest call {(longest.TotalSeconds >= 2 ? "waited" : "did not wait")} ({longest.TotalMilliseconds:0} ms)");
PROGRAM
dotnet build program.cs > build.log 2>&1 || { cat build.log; exit 1; }
echo "SDK $(dotnet --version)"
for mode in wait drop; do
    { dotnet run --no-build program.cs "$mode" 2> "$folder/$mode.txt"; } | (sleep 8; cat > /dev/null)
    cat "$folder/$mode.txt"
done
grep -q "wait: the longest call waited" wait.txt || { echo "Changed: no call waits"; exit 1; }
grep -q "drop: the longest call did not wait" drop.txt || { echo "Changed: a call waits although messages may be dropped"; exit 1; }
echo "As described."
