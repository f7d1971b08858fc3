#!/usr/bin/env bash
# ZLogger 2.6.1: an object of a reference type in a log message is turned into text on the background thread, after the call; the line shows the state of that time.
# The guess: the message is formatted when it is logged, or at least its values are, as with Serilog behind an asynchronous sink and NLog behind AsyncTargetWrapper.
# Seen: of two hundred messages about one object that changes between them, nearly all lines show a later state, most of them the last one. NLog 6.2.2 and Serilog 4.4.0 (Serilog.Sinks.Async 2.1.0), both writing on a thread of their own, show the state at the call in every line.
# Why the guess misses it: numbers and strings are copied and right, so that the usual message is; an object is kept as a reference until the writer comes to it. The log of a state machine or of an order shows a history that never was, and ToString runs beside the code that changes the object.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:property WarningsNotAsErrors=NU1603
#:package ZLogger@2.6.1
#:package NLog@6.2.2
#:package Serilog@4.4.0
#:package Serilog.Sinks.Async@2.1.0
#:package Microsoft.Extensions.Logging@10.0.15
using System.Text;
using Microsoft.Extensions.Logging;
using NLog.Targets;
using NLog.Targets.Wrappers;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using ZLogger;

Console.WriteLine($".NET {Environment.Version}, ZLogger {typeof(ZLoggerOptions).Assembly.GetName().Version}");
var order = new Order();
var target = new MemoryStream();
using (var factory = LoggerFactory.Create(builder => builder.AddZLoggerStream(target)))
{
    var logger = factory.CreateLogger("orders");
    for (var step = 0; step < 200; step++)
    {
        order.Step = step;
        logger.ZLogInformation($"{step} {order}");
    }
}

Show("ZLogger", Encoding.UTF8.GetString(target.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries));

var memory = new MemoryTarget { Layout = "${message}" };
var configuration = new NLog.Config.LoggingConfiguration();
configuration.AddRuleForAllLevels(new AsyncTargetWrapper(memory) { TimeToSleepBetweenBatches = 200 });
NLog.LogManager.Configuration = configuration;
var nlog = NLog.LogManager.GetLogger("orders");
for (var step = 0; step < 200; step++)
{
    order.Step = step;
    nlog.Info("{0} {1}", step, order);
}

NLog.LogManager.Flush();
Show("NLog", memory.Logs);

var sink = new Lines();
using (var serilog = new LoggerConfiguration().WriteTo.Async(inner => inner.Sink(sink)).CreateLogger())
{
    for (var step = 0; step < 200; step++)
    {
        order.Step = step;
        serilog.Information("{Step} {Order:l}", step, order);
    }
}

Show("Serilog", sink.All);

static void Show(string name, IEnumerable<string> lines)
{
    var parts = lines.Select(line => line.Trim().Split(' ')).ToArray();
    var wrong = parts.Count(part => part[1] != "#" + part[0]);
    Console.WriteLine($"{name}: {parts.Length} lines, {(wrong == 0 ? "all with the state at the call" : "some with a later state")}");
}

public sealed class Order
{
    public int Step { get; set; }

    public override string ToString() => "#" + Step;
}

public sealed class Lines : ILogEventSink
{
    public List<string> All { get; } = [];

    public void Emit(LogEvent logEvent)
    {
        Thread.Sleep(1);
        All.Add(logEvent.RenderMessage());
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^ZLogger: 200 lines, some with a later state' <<< "$output" || { echo "Changed: no line matches '^ZLogger: 200 lines, some with a later state'"; exit 1; }
grep -qE '^NLog: 200 lines, all with the state at the call' <<< "$output" || { echo "Changed: no line matches '^NLog: 200 lines, all with the state at the call'"; exit 1; }
grep -qE '^Serilog: 200 lines, all with the state at the call' <<< "$output" || { echo "Changed: no line matches '^Serilog: 200 lines, all with the state at the call'"; exit 1; }
echo "As described."
