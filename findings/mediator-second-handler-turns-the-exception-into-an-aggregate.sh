#!/usr/bin/env bash
# Mediator 3.0.2 (the source generator): an exception of a notification handler leaves Publish as itself while there is one handler, and as an AggregateException once there are two.
# The guess: "await mediator.Publish(notification)" throws what the handler threw, as await always does; a cancellation stays one.
# Seen: OperationCanceledException with one handler; with a second handler, which succeeds, AggregateException around the same one, also for a cancellation by the token that was passed. The handler after the failed one runs in spite of the failure.
# Why the guess misses it: the publisher awaits each handler and collects what they throw, but takes a shortcut for a single one. Adding a handler in another project changes which catch block runs in this one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Mediator.Abstractions@3.0.2
#:package Mediator.SourceGenerator@3.0.2
#:package Microsoft.Extensions.DependencyInjection@10.0.15
using Mediator;
using Microsoft.Extensions.DependencyInjection;

Console.WriteLine($".NET {Environment.Version}, Mediator {typeof(IMediator).Assembly.GetName().Version}");
await using var provider = new ServiceCollection().AddMediator().BuildServiceProvider();
var mediator = provider.GetRequiredService<IMediator>();
using var source = new CancellationTokenSource();
source.Cancel();
await Show("one handler", mediator.Publish(new Handled(), source.Token));
await Show("two handlers", mediator.Publish(new HandledTwice(), source.Token));
Console.WriteLine($"the second handler ran: {Second.HasRun}");

static async Task Show(string name, ValueTask publishing)
{
    try
    {
        await publishing;
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{name}: {exception.GetType().Name}");
    }
}

public sealed record Handled : INotification;

public sealed record HandledTwice : INotification;

public sealed class Only : INotificationHandler<Handled>
{
    public async ValueTask Handle(Handled notification, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
    }
}

public sealed class First : INotificationHandler<HandledTwice>
{
    public async ValueTask Handle(HandledTwice notification, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
    }
}

public sealed class Second : INotificationHandler<HandledTwice>
{
    public static bool HasRun { get; private set; }

    public ValueTask Handle(HandledTwice notification, CancellationToken cancellationToken)
    {
        HasRun = true;
        return default;
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^one handler: OperationCanceledException' <<< "$output" || { echo "Changed: no line matches '^one handler: OperationCanceledException'"; exit 1; }
grep -qE '^two handlers: AggregateException' <<< "$output" || { echo "Changed: no line matches '^two handlers: AggregateException'"; exit 1; }
grep -qE '^the second handler ran: True' <<< "$output" || { echo "Changed: no line matches '^the second handler ran: True'"; exit 1; }
echo "As described."
