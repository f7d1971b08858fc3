#!/usr/bin/env bash
# Microsoft.VisualStudio.Threading.Analyzers 18.12.1 and AsyncFixer 2.1.0: blocking calls in top-level statements are not reported, whether they stand beside an await or not.
# The guess: a file with top-level statements that await is an async Main, and the rules see it as the method that it is.
# Seen: Wait, Result, ReadToEnd and Thread.Sleep are reported by neither VSTHRD002, VSTHRD103 nor AsyncFixer02, while CA1849 and MA0042 report all of them; in a method both do report, in a local function VSTHRD103 alone. A dropped task is reported by VSTHRD110 at the top level, too.
# Why the guess misses it: these rules start from a method, lambda or local function in the text, and the entry point of such a file is none. The Program.cs of a web application, with its migrations and warm-up calls, is such a file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > .editorconfig <<'CONFIG'
root = true
[*.cs]
dotnet_diagnostic.CA1849.severity = warning
dotnet_diagnostic.VSTHRD002.severity = warning
dotnet_diagnostic.VSTHRD103.severity = warning
dotnet_diagnostic.VSTHRD110.severity = warning
dotnet_diagnostic.AsyncFixer02.severity = warning
dotnet_diagnostic.MA0042.severity = warning
CONFIG
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:property EnableNETAnalyzers=true
#:property RunAnalyzersDuringBuild=true
#:package Microsoft.VisualStudio.Threading.Analyzers@18.12.1
#:package AsyncFixer@2.1.0
#:package Meziantou.Analyzer@3.0.321
var text = new StreamReader("x").ReadToEnd();  // ReadToEnd
Work.CountAsync().Wait();  // Wait
var count = Work.CountAsync().Result;  // Result
Thread.Sleep(1);  // Thread.Sleep
Work.CountAsync();  // dropped
await Local();
Console.WriteLine(text + count);

async Task Local()
{
    await Task.Yield();
    new StreamReader("x").ReadToEnd();  // ReadToEnd in a local function
}

public static class Work
{
    public static async Task<int> CountAsync()
    {
        await Task.Yield();
        return 1;
    }

    public static async Task ReadAsync(StreamReader reader)
    {
        await Task.Yield();
        reader.ReadToEnd();  // ReadToEnd in a method
    }
}
PROGRAM
output=$(dotnet build program.cs 2>&1) || { echo "$output"; exit 1; }
echo "SDK $(dotnet --version)"
result=$(grep -n '  // ' program.cs | while IFS=: read -r number text; do
    rules=$(grep -oE "program\.cs\($number,[0-9]+\): warning (CA1849|VSTHRD002|VSTHRD103|VSTHRD110|AsyncFixer02|MA0042)" <<< "$output" | sed 's/.* //' | sort -u | tr '\n' ' ' || true)
    echo "${text##*  // }: ${rules:-none}"
done)
echo "$result"
grep -qE '^ReadToEnd: CA1849 MA0042 $' <<< "$result" || { echo "Changed: no line matches '^ReadToEnd: CA1849 MA0042 $'"; exit 1; }
grep -qE '^Wait: CA1849 MA0042 $' <<< "$result" || { echo "Changed: no line matches '^Wait: CA1849 MA0042 $'"; exit 1; }
grep -qE '^Result: CA1849 MA0042 $' <<< "$result" || { echo "Changed: no line matches '^Result: CA1849 MA0042 $'"; exit 1; }
grep -qE '^Thread.Sleep: CA1849 MA0042 $' <<< "$result" || { echo "Changed: no line matches '^Thread.Sleep: CA1849 MA0042 $'"; exit 1; }
grep -qE '^dropped: VSTHRD110 $' <<< "$result" || { echo "Changed: no line matches '^dropped: VSTHRD110 $'"; exit 1; }
grep -qE '^ReadToEnd in a local function: CA1849 MA0042 VSTHRD103' <<< "$result" || { echo "Changed: no line matches '^ReadToEnd in a local function: CA1849 MA0042 VSTHRD103'"; exit 1; }
grep -qE '^ReadToEnd in a method: AsyncFixer02 CA1849 MA0042 VSTHRD103' <<< "$result" || { echo "Changed: no line matches '^ReadToEnd in a method: AsyncFixer02 CA1849 MA0042 VSTHRD103'"; exit 1; }
echo "As described."
