#!/usr/bin/env bash
# Proto.Actor 1.8.0: a RequestAsync whose token is cancelled ends in a faulted task with TimeoutException.
# The guess: the token ends the call with OperationCanceledException, as the Ask of Akka.NET does; TimeoutException belongs to the overload with a TimeSpan.
# Seen: a token that the caller cancels gives TimeoutException and the status Faulted, the same as the time-out. In Akka 1.5.74 the token gives TaskCanceledException and the time-out AskTimeoutException.
# Why the guess misses it: the overload with a TimeSpan makes a token of it, and the end of either token is reported as a time-out. A retry on TimeoutException asks again after the user has cancelled, and a handler for cancellations sees none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Proto.Actor@1.8.0
#:package Akka@1.5.74
using Akka.Actor;
using Proto;

Console.WriteLine($".NET {Environment.Version}, Proto.Actor {typeof(Proto.Props).Assembly.GetName().Version}");
var proto = new Proto.ActorSystem();
var silent = proto.Root.Spawn(Proto.Props.FromFunc(_ => Task.CompletedTask));
await Show("Proto.Actor, token", token => proto.Root.RequestAsync<string>(silent, "question", token));
await Show("Proto.Actor, time-out", _ => proto.Root.RequestAsync<string>(silent, "question", TimeSpan.FromMilliseconds(300)));

using var akka = Akka.Actor.ActorSystem.Create("akka", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
var other = akka.ActorOf(Akka.Actor.Props.Create(() => new Silent()));
await Show("Akka, token", token => other.Ask<string>("question", token));
await akka.Terminate();

static async Task Show(string name, Func<CancellationToken, Task> ask)
{
    using var source = new CancellationTokenSource();
    var asking = ask(source.Token);
    await Task.Delay(300);
    await source.CancelAsync();
    try
    {
        await asking;
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{name}: {exception.GetType().Name}, task {asking.Status}");
    }
}

public sealed class Silent : UntypedActor
{
    protected override void OnReceive(object message)
    {
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Proto.Actor, token: TimeoutException, task Faulted' <<< "$output" || { echo "Changed: no line matches '^Proto.Actor, token: TimeoutException, task Faulted'"; exit 1; }
grep -qE '^Proto.Actor, time-out: TimeoutException, task Faulted' <<< "$output" || { echo "Changed: no line matches '^Proto.Actor, time-out: TimeoutException, task Faulted'"; exit 1; }
grep -qE '^Akka, token: TaskCanceledException, task Canceled' <<< "$output" || { echo "Changed: no line matches '^Akka, token: TaskCanceledException, task Canceled'"; exit 1; }
echo "As described."
