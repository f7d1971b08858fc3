#!/usr/bin/env bash
# Microsoft.VisualStudio.Threading 18.12.1: AsyncEventHandler.InvokeAsync throws an AggregateException for one handler that fails, a cancelled one included.
# The guess: "await Saving.InvokeAsync(this, args)" throws what the handler has thrown, as await does, and stops at it, as an event does.
# Seen: with a single handler that throws OperationCanceledException the await throws AggregateException, and the task is Faulted. With two handlers the second runs after the first has failed.
# Why the guess misses it: the extension collects what the handlers throw and builds the aggregate itself, so that await unwraps the task and not it. "catch (OperationCanceledException)" around an event that may be cancelled never runs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.VisualStudio.Threading.Only@18.12.1
using Microsoft.VisualStudio.Threading;

Console.WriteLine($".NET {Environment.Version}");
AsyncEventHandler saving = async (_, _) =>
{
    await Task.Yield();
    throw new OperationCanceledException();
};
await Show("one handler");
var hasRun = false;
saving += (_, _) =>
{
    hasRun = true;
    return Task.CompletedTask;
};
await Show("two handlers");
Console.WriteLine($"the second handler ran: {hasRun}");

async Task Show(string name)
{
    var invoking = saving.InvokeAsync(new object(), EventArgs.Empty);
    try
    {
        await invoking;
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{name}: {exception.GetType().Name}, task {invoking.Status}");
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^one handler: AggregateException, task Faulted' <<< "$output" || { echo "Changed: no line matches '^one handler: AggregateException, task Faulted'"; exit 1; }
grep -qE '^two handlers: AggregateException, task Faulted' <<< "$output" || { echo "Changed: no line matches '^two handlers: AggregateException, task Faulted'"; exit 1; }
grep -qE '^the second handler ran: True' <<< "$output" || { echo "Changed: no line matches '^the second handler ran: True'"; exit 1; }
echo "As described."
