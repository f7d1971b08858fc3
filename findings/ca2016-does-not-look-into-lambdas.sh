#!/usr/bin/env bash
# SDK 10.0.401, CA2016 (forward the CancellationToken): a call inside a lambda is not reported, a call inside a local function is.
# The guess: whatever stands in a method with a token is looked at, and the lambda of a Select above all, since one fans out with it.
# Seen: "await SaveAsync()" and the same call in a local function that sees the token are reported; "items.Select(item => SaveAsync())" under Task.WhenAll, its query form and "async () => await SaveAsync()" are not. MA0040 of Meziantou.Analyzer 3.0.321 reports all of them.
# Why the guess misses it: the rule asks the innermost function for a token parameter, goes on outwards for a local function, and stops at a lambda. A clean build says nothing of the calls that are started by the hundred.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > .editorconfig <<'CONFIG'
root = true
[*.cs]
dotnet_diagnostic.CA2016.severity = warning
dotnet_diagnostic.MA0040.severity = warning
CONFIG
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:property EnableNETAnalyzers=true
#:property RunAnalyzersDuringBuild=true
#:package Meziantou.Analyzer@3.0.321
Console.WriteLine();

public sealed class Sample
{
    private static Task SaveAsync(CancellationToken token = default) => Task.Delay(1, token);

    public async Task Run(int[] items, CancellationToken token)
    {
        await SaveAsync();  // in the method
        await Task.WhenAll(items.Select(item => SaveAsync()));  // in the lambda of a Select
        await Task.WhenAll(from item in items select SaveAsync());  // in a query
        Func<Task> save = async () => await SaveAsync();  // in an async lambda
        await save();
        await Local();

        async Task Local() => await SaveAsync();  // in a local function
    }
}
PROGRAM
output=$(dotnet build program.cs 2>&1) || { echo "$output"; exit 1; }
echo "SDK $(dotnet --version)"
result=$(grep -n '  // ' program.cs | while IFS=: read -r number text; do
    rules=$(grep -oE "program\.cs\($number,[0-9]+\): warning (CA2016|MA0040)" <<< "$output" | sed 's/.* //' | sort -u | tr '\n' ' ' || true)
    echo "${text##*  // }: ${rules:-none}"
done)
echo "$result"
grep -qE '^in the method: CA2016 MA0040' <<< "$result" || { echo "Changed: no line matches '^in the method: CA2016 MA0040'"; exit 1; }
grep -qE '^in the lambda of a Select: MA0040' <<< "$result" || { echo "Changed: no line matches '^in the lambda of a Select: MA0040'"; exit 1; }
grep -qE '^in a query: MA0040' <<< "$result" || { echo "Changed: no line matches '^in a query: MA0040'"; exit 1; }
grep -qE '^in an async lambda: MA0040' <<< "$result" || { echo "Changed: no line matches '^in an async lambda: MA0040'"; exit 1; }
grep -qE '^in a local function: CA2016 MA0040' <<< "$result" || { echo "Changed: no line matches '^in a local function: CA2016 MA0040'"; exit 1; }
echo "As described."
