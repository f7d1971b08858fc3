#!/usr/bin/env bash
# .NET 10, Microsoft.Extensions.TimeProvider.Testing 10.11.0: CancellationTokenSource.TryReset is false for a source with a time limit by a TimeProvider of one's own.
# The guess: TryReset is false once the token has fired; before that it gives the source back, whatever clock counts its limit.
# Seen: true for a limit of the system's clock, false for one of FakeTimeProvider, of which no time has passed.
# Why the guess misses it: only a timer of the runtime can tell that it will not fire any more; of another timer the source assumes that it may have. A pool of sources works in production and makes a new one for every call in its test, or the other way round.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.Extensions.TimeProvider.Testing@10.11.0
using Microsoft.Extensions.Time.Testing;

Console.WriteLine($".NET {Environment.Version}, FakeTimeProvider {typeof(FakeTimeProvider).Assembly.GetName().Version}");
var limit = TimeSpan.FromMinutes(5);
Show("no provider", new CancellationTokenSource(limit));
Show("TimeProvider.System", new CancellationTokenSource(limit, TimeProvider.System));
Show("FakeTimeProvider", new CancellationTokenSource(limit, new FakeTimeProvider()));
Show("a provider that adds nothing to the system's", new CancellationTokenSource(limit, new OwnProvider()));

static void Show(string name, CancellationTokenSource source) => Console.WriteLine($"{name}: fired {source.IsCancellationRequested}, TryReset {source.TryReset()}");

public sealed class OwnProvider : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new OwnTimer(base.CreateTimer(callback, state, dueTime, period));

    private sealed class OwnTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^no provider: fired False, TryReset True' <<< "$output" || { echo "Changed: no line matches '^no provider: fired False, TryReset True'"; exit 1; }
grep -qE '^TimeProvider.System: fired False, TryReset True' <<< "$output" || { echo "Changed: no line matches '^TimeProvider.System: fired False, TryReset True'"; exit 1; }
grep -qE '^FakeTimeProvider: fired False, TryReset False' <<< "$output" || { echo "Changed: no line matches '^FakeTimeProvider: fired False, TryReset False'"; exit 1; }
grep -qE '^a provider that adds nothing to the system.s: fired False, TryReset False' <<< "$output" || { echo "Changed: no line matches '^a provider that adds nothing to the system.s: fired False, TryReset False'"; exit 1; }
echo "As described."
