#!/usr/bin/env bash
# C# 14, .NET 10: an async iterator that gets one token as its argument and another by WithCancellation ends with an exception that names neither of them.
# The guess: OperationCanceledException.CancellationToken is the token that has fired, so that "catch (…) when (exception.CancellationToken == stoppingToken)" tells the stop from a time-out.
# Seen: with one of the two the exception carries it. With both it carries a third token, whichever of the two has fired, and the filter does not match.
# Why the guess misses it: the compiler links the two into a source of its own, and what the body passes on is the token of that. Adding WithCancellation to a loop whose iterator has its token already switches off the filter around it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
using System.Runtime.CompilerServices;

Console.WriteLine($".NET {Environment.Version}");
using var none = new CancellationTokenSource();
await Show("argument alone", source => (Items(source.Token), source));
await Show("WithCancellation alone", source => (Items(default), source), byLoop: true);
await Show("both, argument fires", source => (Items(source.Token), none), byLoop: true);
await Show("both, WithCancellation fires", source => (Items(none.Token), source), byLoop: true);

static async Task Show(string name, Func<CancellationTokenSource, (IAsyncEnumerable<int> Items, CancellationTokenSource Loop)> start, bool byLoop = false)
{
    using var source = new CancellationTokenSource();
    var (items, loop) = start(source);
    try
    {
        await foreach (var _ in items.WithCancellation(byLoop ? loop.Token : default)) source.Cancel();
    }
    catch (OperationCanceledException exception)
    {
        Console.WriteLine($"{name}: {(exception.CancellationToken == source.Token ? "the token that has fired" : exception.CancellationToken == loop.Token ? "the other token" : "a third token")}");
    }
}

static async IAsyncEnumerable<int> Items([EnumeratorCancellation] CancellationToken token)
{
    yield return 1;
    await Task.Delay(Timeout.Infinite, token);
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^argument alone: the token that has fired' <<< "$output" || { echo "Changed: no line matches '^argument alone: the token that has fired'"; exit 1; }
grep -qE '^WithCancellation alone: the token that has fired' <<< "$output" || { echo "Changed: no line matches '^WithCancellation alone: the token that has fired'"; exit 1; }
grep -qE '^both, argument fires: a third token' <<< "$output" || { echo "Changed: no line matches '^both, argument fires: a third token'"; exit 1; }
grep -qE '^both, WithCancellation fires: a third token' <<< "$output" || { echo "Changed: no line matches '^both, WithCancellation fires: a third token'"; exit 1; }
echo "As described."
