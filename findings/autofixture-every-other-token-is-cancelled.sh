#!/usr/bin/env bash
# AutoFixture 4.18.1: every other CancellationToken that a fixture creates is cancelled already, the first one among them.
# The guess: a token that a fixture makes up is one that never fires, or that of a new source; a test that passes it on sees what the code does with a token.
# Seen: four tokens of one fixture are cancelled, not, cancelled, not; the same work is cancelled with the first and done with the second. The token of a created CancellationTokenSource is not cancelled.
# Why the guess misses it: the type has one public constructor, CancellationToken(bool canceled), and values of bool alternate, beginning with true. Whether a test passes depends on how many tokens and bools were created before, and code that does not look at its token passes either way.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package AutoFixture@4.18.1
using AutoFixture;

Console.WriteLine($".NET {Environment.Version}, AutoFixture {typeof(Fixture).Assembly.GetName().Version}");
var fixture = new Fixture();
var tokens = Enumerable.Range(0, 4).Select(_ => fixture.Create<CancellationToken>()).ToList();
Console.WriteLine($"four tokens, cancelled: {string.Join(", ", tokens.Select(token => token.IsCancellationRequested))}");
foreach (var token in tokens.Take(2)) Console.WriteLine($"the same work with the next token: {await Work(token)}");
var source = new Fixture().Create<CancellationTokenSource>();
Console.WriteLine($"the token of a source, cancelled: {source.Token.IsCancellationRequested}");

static async Task<string> Work(CancellationToken token)
{
    try
    {
        await Task.Delay(1, token);
        return "done";
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
grep -qE '^four tokens, cancelled: True, False, True, False' <<< "$output" || { echo "Changed: no line matches '^four tokens, cancelled: True, False, True, False'"; exit 1; }
grep -qE '^the same work with the next token: cancelled' <<< "$output" || { echo "Changed: no line matches '^the same work with the next token: cancelled'"; exit 1; }
grep -qE '^the same work with the next token: done' <<< "$output" || { echo "Changed: no line matches '^the same work with the next token: done'"; exit 1; }
grep -qE '^the token of a source, cancelled: False' <<< "$output" || { echo "Changed: no line matches '^the token of a source, cancelled: False'"; exit 1; }
echo "As described."
