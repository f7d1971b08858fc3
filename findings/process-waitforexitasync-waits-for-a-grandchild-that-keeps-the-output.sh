#!/usr/bin/env bash
# .NET 10: with BeginOutputReadLine, Process.WaitForExitAsync waits until everyone who inherited the output has closed it, not until the process has exited.
# The guess: WaitForExitAsync ends when the process ends; what it started in the background is not waited for.
# Seen: a shell starts a sleep of four seconds in the background and exits at once. HasExited is true at once; WaitForExitAsync takes four seconds. Without a reader, or with ReadToEndAsync not yet called, it ends at once.
# Why the guess misses it: it waits for the end of the streams too, so that no line is lost, and a background child (a build server, a daemon) holds them open. A service that waits so for a build tool can wait for hours.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
using System.Diagnostics;

Console.WriteLine($".NET {Environment.Version}");
foreach (var isRead in new[] { true, false })
{
    using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "sleep 4 & echo started"]) { RedirectStandardOutput = true })!;
    process.OutputDataReceived += (_, _) => { };
    if (isRead) process.BeginOutputReadLine();
    await Task.Delay(1000);
    var hasExited = process.HasExited;
    var watch = Stopwatch.StartNew();
    await process.WaitForExitAsync();
    Console.WriteLine($"{(isRead ? "with" : "without")} BeginOutputReadLine: exited after one second {hasExited}, "
        + $"WaitForExitAsync {(watch.ElapsedMilliseconds > 1500 ? "waited for the child of the process" : "ended")} ({watch.ElapsedMilliseconds} ms)");
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^with BeginOutputReadLine: exited after one second True, WaitForExitAsync waited for the child' <<< "$output" || { echo "Changed: no line matches '^with BeginOutputReadLine: exited after one second True, WaitForExitAsync waited for the child'"; exit 1; }
grep -qE '^without BeginOutputReadLine: exited after one second True, WaitForExitAsync ended' <<< "$output" || { echo "Changed: no line matches '^without BeginOutputReadLine: exited after one second True, WaitForExitAsync ended'"; exit 1; }
echo "As described."
