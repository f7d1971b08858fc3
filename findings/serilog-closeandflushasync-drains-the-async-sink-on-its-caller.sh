#!/usr/bin/env bash
# Serilog 4.4.0 with Serilog.Sinks.Async 2.1.0: awaiting Log.CloseAndFlushAsync holds its caller until the queue is empty.
# The guess: the call returns at once, and the await waits for the background worker of the sink.
# Seen: the call itself takes as long as the worker needs for what is queued, and the ValueTask that it returns is complete. A sink that writes by itself and has DisposeAsync is awaited.
# Why the guess misses it: the logger awaits sinks that are IAsyncDisposable; the asynchronous sink, which of all sinks has something to wait for, is only IDisposable and joins its worker in Dispose.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Serilog@4.4.0
#:package Serilog.Sinks.Async@2.1.0
using System.Diagnostics;
using Serilog;
using Serilog.Core;
using Serilog.Events;

Console.WriteLine($".NET {Environment.Version}, Serilog {typeof(Log).Assembly.GetName().Version}");
await Close("behind the asynchronous sink", new LoggerConfiguration().WriteTo.Async(to => to.Sink(new SlowSink())));
await Close("with a DisposeAsync of its own", new LoggerConfiguration().WriteTo.Sink(new AwaitableSink()));

static async Task Close(string kind, LoggerConfiguration configuration)
{
    Log.Logger = configuration.CreateLogger();
    for (var i = 0; i < 20; i++) Log.Information("Event {Number}", i);
    var watch = Stopwatch.StartNew();
    var closing = Log.CloseAndFlushAsync();
    Console.WriteLine($"{kind}: {(watch.ElapsedMilliseconds > 700 ? "the call held its caller" : "the call returned at once")}, "
        + $"{(closing.IsCompleted ? "complete" : "not complete")} ({watch.ElapsedMilliseconds} ms)");
    await closing;
}

// Takes 50 ms for an event.
sealed class SlowSink : ILogEventSink
{
    public void Emit(LogEvent logEvent) => Thread.Sleep(50);
}

sealed class AwaitableSink : ILogEventSink, IAsyncDisposable
{
    public void Emit(LogEvent logEvent)
    {
    }

    public async ValueTask DisposeAsync() => await Task.Delay(1000);
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'behind the asynchronous sink: the call held its caller, complete' <<< "$output" || { echo "Changed: no line matches 'behind the asynchronous sink: the call held its caller, complete'"; exit 1; }
grep -qE 'with a DisposeAsync of its own: the call returned at once, not complete' <<< "$output" || { echo "Changed: no line matches 'with a DisposeAsync of its own: the call returned at once, not complete'"; exit 1; }
echo "As described."
