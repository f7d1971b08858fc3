#!/usr/bin/env bash
# Microsoft.Extensions.Hosting 10.0.15 and 11.0.0: a BackgroundService that fails stops the host; RunAsync then ends normally in 10 and throws in 11.
# The guess: as a failed service stops the host by default (StopHost), the failure comes out of RunAsync, and the process ends with an exit code that says so.
# Seen: 10.0.15 logs the failure, RunAsync returns and the exit code is 0, so that a supervisor which restarts on failure does nothing. 11.0.0 throws the exception
# out of RunAsync, and out of StopAsync too; the same program, retargeted, ends with an unhandled exception. A cancellation of the service's own, such as a time-out, counts as a failure in both.
# Why the guess misses it: "stop the host" reads as "end with an error"; and who relies on the quiet end of 10 finds the change only in the first failure after the update.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > body.txt <<'PROGRAM'
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

Console.WriteLine($".NET {Environment.Version}, Hosting {typeof(Host).Assembly.GetName().Version}");
await Run<Failing>("failure");
await Run<TimedOut>("time-out");

static async Task Run<T>(string kind)
    where T : BackgroundService
{
    var builder = Host.CreateApplicationBuilder();
    builder.Logging.ClearProviders();
    builder.Services.AddHostedService<T>();
    using var host = builder.Build();
    try
    {
        await host.RunAsync();
        Console.WriteLine($"{kind}: RunAsync ended normally, exit code {Environment.ExitCode}");
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{kind}: RunAsync threw {exception.GetType().Name}");
    }
}

sealed class Failing : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(500, stoppingToken);
        throw new InvalidDataException();
    }
}

sealed class TimedOut : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var limit = new CancellationTokenSource(500);
        await Task.Delay(Timeout.Infinite, limit.Token);
    }
}
PROGRAM
echo "SDK $(dotnet --version)"
for version in 10.0.15 11.0.0; do
  mkdir "v$version"
  { printf '#:property PublishAot=false\n#:property NuGetAudit=false\n#:package Microsoft.Extensions.Hosting@%s\n' "$version"; cat body.txt; } > "v$version/program.cs"
  output=$(cd "v$version" && dotnet run program.cs 2>&1)
  echo "$output"
  case $version in
    10.*) first='failure: RunAsync ended normally, exit code 0' second='time-out: RunAsync ended normally, exit code 0' ;;
    *) first='failure: RunAsync threw InvalidDataException' second='time-out: RunAsync threw TaskCanceledException' ;;
  esac
  for line in "$first" "$second"; do
    grep -qF "$line" <<< "$output" || { echo "Changed: no line '$line' with $version"; exit 1; }
  done
done
echo "As described."
