#!/usr/bin/env bash
# Quartz 4.7.3: Shutdown(waitForJobsToComplete: true) does not cancel the token of the running jobs.
# The guess: a job that passes its token on stops when the scheduler shuts down, as a BackgroundService does when its host stops.
# Seen: the job runs to its end, Shutdown waits for it, and the token has not fired. Interrupt fires it.
# Why the guess misses it: the token belongs to Interrupt alone. A job that relies on it holds up the end of the program for as long as it runs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Quartz@4.7.3
#:package Microsoft.Extensions.Logging@10.0.15
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

Console.WriteLine($".NET {Environment.Version}, Quartz {typeof(IScheduler).Assembly.GetName().Version}");
foreach (var interrupt in new[] { false, true })
{
    var services = new ServiceCollection();
    services.AddLogging();
    services.AddQuartz();
    await using var provider = services.BuildServiceProvider();
    var scheduler = await provider.GetRequiredService<ISchedulerFactory>().GetScheduler();
    await scheduler.Start();
    Work.Started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Work.Fired = false;
    var job = JobBuilder.Create<Work>().WithIdentity("work").Build();
    await scheduler.ScheduleJob(job, TriggerBuilder.Create().StartNow().Build());
    await Work.Started.Task;
    var watch = Stopwatch.StartNew();
    if (interrupt) await scheduler.Interrupt(job.Key);
    await scheduler.Shutdown(waitForJobsToComplete: true);
    Console.WriteLine($"{(interrupt ? "Interrupt and Shutdown" : "Shutdown alone")}: token fired {Work.Fired}, "
        + $"{(watch.ElapsedMilliseconds >= 1900 ? "the job ran to its end" : "early")} ({watch.ElapsedMilliseconds} ms)");
}

public class Work : IJob
{
    public static TaskCompletionSource Started = new();
    public static bool Fired;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        Started.TrySetResult();
        try
        {
            await Task.Delay(2000, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Fired = true;
        }
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'Shutdown alone: token fired False, the job ran to its end' <<< "$output" || { echo "Changed: no line matches 'Shutdown alone: token fired False, the job ran to its end'"; exit 1; }
grep -qE 'Interrupt and Shutdown: token fired True, early' <<< "$output" || { echo "Changed: no line matches 'Interrupt and Shutdown: token fired True, early'"; exit 1; }
echo "As described."
