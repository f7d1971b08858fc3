#!/usr/bin/env bash
# Rebus 8.9.5: "await bus.SendLocal(…)" inside a handler has sent nothing when it returns; the message leaves when the handler has ended, and not at all when it fails.
# The guess: what is awaited has been handed to the transport, as it has outside of a handler.
# Seen: a handler that sends a message and waits for what it starts waits in vain, with free workers beside it; the message arrives once the handler has returned. A handler that sends and then throws has sent nothing, though each of its awaited calls succeeded.
# Why the guess misses it: sending inside a handler joins the transaction of the message, which ends behind the handler. The code looks the same in a controller, where the message leaves at once.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Rebus@8.9.5
using Rebus.Activation;
using Rebus.Config;
using Rebus.Transport.InMem;

using var activator = new BuiltinHandlerActivator();
var arrived = new TaskCompletionSource();
var handled = new TaskCompletionSource<string>();
var fromFailed = 0;
activator.Handle<string>(async (bus, message) =>
{
    if (message == "fail")
    {
        await bus.SendLocal(2);
        throw new InvalidDataException("after the message was sent");
    }

    await bus.SendLocal(1);
    handled.TrySetResult(await Task.WhenAny(arrived.Task, Task.Delay(2000)) == arrived.Task ? "arrived" : "not there after two seconds");
});
activator.Handle<int>(number =>
{
    if (number == 1) arrived.TrySetResult();
    else Interlocked.Increment(ref fromFailed);
    return Task.CompletedTask;
});
var bus = Configure.With(activator)
    .Logging(logging => logging.None())
    .Transport(transport => transport.UseInMemoryTransport(new InMemNetwork(), "queue"))
    .Options(options => options.SetNumberOfWorkers(2))
    .Options(options => options.SetMaxParallelism(5))
    .Start();
Console.WriteLine($".NET {Environment.Version}, Rebus {typeof(BuiltinHandlerActivator).Assembly.GetName().Version}");
await bus.SendLocal("go");
Console.WriteLine($"inside the handler: {await handled.Task}");
Console.WriteLine($"behind the handler: {(await Task.WhenAny(arrived.Task, Task.Delay(5000)) == arrived.Task ? "arrived" : "not there")}");
await bus.SendLocal("fail");
await Task.Delay(2000);
Console.WriteLine($"from the handler that fails: {fromFailed} messages");
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^inside the handler: not there after two seconds' <<< "$output" || { echo "Changed: no line matches '^inside the handler: not there after two seconds'"; exit 1; }
grep -qE '^behind the handler: arrived' <<< "$output" || { echo "Changed: no line matches '^behind the handler: arrived'"; exit 1; }
grep -qE '^from the handler that fails: 0 messages' <<< "$output" || { echo "Changed: no line matches '^from the handler that fails: 0 messages'"; exit 1; }
echo "As described."
