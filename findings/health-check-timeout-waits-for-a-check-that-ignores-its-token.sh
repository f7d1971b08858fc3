#!/usr/bin/env bash
# Microsoft.Extensions.Diagnostics.HealthChecks 10.0.15: the time-out of a health check neither ends nor fails a check that ignores its token.
# The guess: a check that takes longer than its time-out is reported as unhealthy after the time-out.
# Seen: with a time-out of 200 ms a check that takes two seconds without the token holds the whole report for two seconds and is Healthy; one that passes the token on is Unhealthy.
# Why the guess misses it: the time-out cancels a token and the service then awaits the check.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.Extensions.Diagnostics.HealthChecks@10.0.15
#:package Microsoft.Extensions.Logging@10.0.15
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

var services = new ServiceCollection();
services.AddLogging();
var limit = TimeSpan.FromMilliseconds(200);
services.AddHealthChecks()
    .AddAsyncCheck(
        "ignores",
        async _ =>
        {
            await Task.Delay(2000);
            return HealthCheckResult.Healthy();
        },
        timeout: limit)
    .AddAsyncCheck(
        "passes on",
        async token =>
        {
            await Task.Delay(2000, token);
            return HealthCheckResult.Healthy();
        },
        timeout: limit);
await using var provider = services.BuildServiceProvider();
Console.WriteLine($".NET {Environment.Version}, HealthChecks {typeof(HealthCheckService).Assembly.GetName().Version}");
var watch = Stopwatch.StartNew();
var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
Console.WriteLine($"report {(watch.ElapsedMilliseconds >= 1900 ? "after the whole two seconds" : "early")} ({watch.ElapsedMilliseconds} ms)");
foreach (var (name, entry) in report.Entries)
    Console.WriteLine($"{name}: {entry.Status}");
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'report after the whole two seconds' <<< "$output" || { echo "Changed: no line matches 'report after the whole two seconds'"; exit 1; }
grep -qE 'ignores: Healthy' <<< "$output" || { echo "Changed: no line matches 'ignores: Healthy'"; exit 1; }
grep -qE 'passes on: Unhealthy' <<< "$output" || { echo "Changed: no line matches 'passes on: Unhealthy'"; exit 1; }
echo "As described."
