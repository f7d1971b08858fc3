#!/usr/bin/env bash
# LanguageExt.Core 4.4.9: Option.MatchAsync throws ResultIsNullException where its work gives null; awaiting Match with the same work gives the null.
# The guess: await option.Match(Some: async …, None: …) and await option.MatchAsync(Some: async …, None: …) are two ways to write the same.
# Seen: for work that ends with null, Match (whose result is the task) returns null once awaited, and MatchAsync throws.
# Why the guess misses it: both refuse a null result, but the result of Match is the task, which is there; that of MatchAsync is what the task gives.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package LanguageExt.Core@4.4.9
using LanguageExt;

Console.WriteLine($".NET {Environment.Version}, LanguageExt.Core {typeof(Option<>).Assembly.GetName().Version}");
Option<int> id = Option<int>.Some(1);
await Try("Match, awaited", () => id.Match(Some: FindAsync, None: () => Task.FromResult<string?>("none")));
await Try("MatchAsync", () => id.MatchAsync(Some: FindAsync, None: () => Task.FromResult<string?>("none")));

static async Task<string?> FindAsync(int id)
{
    await Task.Yield();
    return null;
}

static async Task Try(string name, Func<Task<string?>> run)
{
    try
    {
        Console.WriteLine($"{name}: {await run() ?? "null"}");
    }
    catch (ResultIsNullException)
    {
        Console.WriteLine($"{name}: ResultIsNullException");
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Match, awaited: null$' <<< "$output" || { echo "Changed: no line matches 'Match, awaited: null'"; exit 1; }
grep -qE '^MatchAsync: ResultIsNullException$' <<< "$output" || { echo "Changed: no line matches 'MatchAsync: ResultIsNullException'"; exit 1; }
echo "As described."
