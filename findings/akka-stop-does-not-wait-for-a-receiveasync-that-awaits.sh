#!/usr/bin/env bash
# Akka 1.5.74: Terminate, GracefulStop and Stop end an actor while its ReceiveAsync handler awaits; the rest of the handler does not run.
# The guess: an actor finishes the message that it handles before it stops, as it does with Receive; ReceiveAsync keeps other messages out until the handler has ended, so a stop waits too.
# Seen: messages wait for the handler, a stop does not. Terminate ends at once, and what stands behind the await is never reached: no exception, no finally block.
# Why the guess misses it: the suspended actor still takes system messages, a stop is one, and the continuation is a message to an actor that is gone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Akka@1.5.74
using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;

Console.WriteLine($".NET {Environment.Version}, Akka {typeof(ActorSystem).Assembly.GetName().Version}");
foreach (var kind in new[] { "Receive", "ReceiveAsync" })
{
    Worker.State = "not begun";
    var system = ActorSystem.Create("example", ConfigurationFactory.ParseString("akka.loglevel = OFF, akka.stdout-loglevel = OFF"));
    var worker = system.ActorOf(Props.Create(() => new Worker()));
    worker.Tell(kind);
    while (Worker.State == "not begun") await Task.Delay(20);
    var watch = Stopwatch.StartNew();
    await system.Terminate();
    var took = watch.Elapsed;
    await Task.Delay(3000);
    Console.WriteLine($"{kind}: Terminate {(took.TotalSeconds > 1.5 ? "waited" : "did not wait")}, the handler {Worker.State} ({took.TotalSeconds:F1} s)");
}

public sealed class Worker : ReceiveActor
{
    public static volatile string State = "";

    public Worker()
    {
        Receive<string>(kind => kind == "Receive", _ =>
        {
            State = "has begun";
            Thread.Sleep(2000);
            State = "ended";
        });
        ReceiveAsync<string>(async _ =>
        {
            State = "has begun";
            try
            {
                await Task.Delay(2000);
                State = "ended";
            }
            finally
            {
                if (State != "ended") State = "ran its finally";
            }
        });
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Receive: Terminate waited, the handler ended' <<< "$output" || { echo "Changed: no line matches '^Receive: Terminate waited, the handler ended'"; exit 1; }
grep -qE '^ReceiveAsync: Terminate did not wait, the handler has begun' <<< "$output" || { echo "Changed: no line matches '^ReceiveAsync: Terminate did not wait, the handler has begun'"; exit 1; }
echo "As described."
