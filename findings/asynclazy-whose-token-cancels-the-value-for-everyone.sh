#!/usr/bin/env bash
# AsyncLazy of DotNext.Threading 6.12.0 and of Microsoft.VisualStudio.Threading 18.12.1: the token of the first caller means different things.
# The guess: a token that is passed to the shared value lets its caller leave, and the others get the value.
# Seen: with Microsoft.VisualStudio.Threading the first caller leaves and the second gets the value; with DotNext the factory itself is cancelled, and the second caller, who passed no token, is cancelled, too.
# Why the guess misses it: DotNext gives the token of the call that starts the value to the factory, and its result to all who wait.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package DotNext.Threading@6.12.0
#:package Microsoft.VisualStudio.Threading.Only@18.12.1
Console.WriteLine($".NET {Environment.Version}, DotNext.Threading {typeof(DotNext.Threading.AsyncLazy<int>).Assembly.GetName().Version}, "
    + $"Microsoft.VisualStudio.Threading {typeof(Microsoft.VisualStudio.Threading.AsyncLazy<int>).Assembly.GetName().Version}");
var next = new DotNext.Threading.AsyncLazy<int>(async token =>
{
    await Task.Delay(1000, token);
    return 42;
});
await Try("DotNext", token => next.WithCancellation(token));
var studio = new Microsoft.VisualStudio.Threading.AsyncLazy<int>(
    async () =>
    {
        await Task.Delay(1000);
        return 42;
    },
    null);
await Try("VisualStudio", token => studio.GetValueAsync(token));

static async Task Try(string name, Func<CancellationToken, Task<int>> get)
{
    using var stop = new CancellationTokenSource(200);
    var first = get(stop.Token);
    var second = get(CancellationToken.None);
    Console.WriteLine($"{name}: first {await Outcome(first)}, second {await Outcome(second)}");
}

static async Task<string> Outcome(Task<int> task)
{
    try
    {
        return (await task).ToString();
    }
    catch (OperationCanceledException)
    {
        return "cancelled";
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'DotNext: first cancelled, second cancelled' <<< "$output" || { echo "Changed: no line matches 'DotNext: first cancelled, second cancelled'"; exit 1; }
grep -qE 'VisualStudio: first cancelled, second 42' <<< "$output" || { echo "Changed: no line matches 'VisualStudio: first cancelled, second 42'"; exit 1; }
echo "As described."
