#!/usr/bin/env bash
# SDK 10.0.401 (CA1849), Microsoft.VisualStudio.Threading.Analyzers 18.12.1 (VSTHRD103), AsyncFixer 2.1.0 (AsyncFixer02), Meziantou.Analyzer 3.0.321 (MA0042), SonarAnalyzer.CSharp 10.36.0.15337 (S6966): which methods they look into.
# The guess: a blocking call is reported in every function marked async, and in the handlers of a user interface above all.
# Seen: in "async Task" and in an async iterator all five report the call. In "async void" CA1849, VSTHRD103 and MA0042 are silent. In a method that returns a Task without being async those three report it, and AsyncFixer02 and S6966 are silent. In an async lambda the same three report it where it becomes a Func of Task; where it becomes an Action, none does.
# Why the guess misses it: three of them ask for the type that is returned, two for the keyword of a method, and not of a lambda. With any one of them a common form is not looked at, and the handler on the thread of the user interface that is written as a lambda is looked at by none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > .editorconfig <<'CONFIG'
root = true
[*.cs]
dotnet_diagnostic.CA1849.severity = warning
dotnet_diagnostic.VSTHRD103.severity = warning
dotnet_diagnostic.AsyncFixer02.severity = warning
dotnet_diagnostic.MA0042.severity = warning
dotnet_diagnostic.S6966.severity = warning
CONFIG
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:property EnableNETAnalyzers=true
#:property RunAnalyzersDuringBuild=true
#:package Microsoft.VisualStudio.Threading.Analyzers@18.12.1
#:package AsyncFixer@2.1.0
#:package Meziantou.Analyzer@3.0.321
#:package SonarAnalyzer.CSharp@10.36.0.15337
await Task.CompletedTask;

public sealed class Sample
{
    public async Task AsyncTask(Stream stream)
    {
        await Task.Yield();
        stream.Flush();  // async Task
    }

    public async IAsyncEnumerable<int> Iterator(Stream stream)
    {
        await Task.Yield();
        stream.Flush();  // async iterator
        yield return 1;
    }

    public async void Handler(Stream stream)
    {
        await Task.Yield();
        stream.Flush();  // async void
    }

    public void Lambda(Stream stream)
    {
        Action handler = async () =>
        {
            await Task.Yield();
            stream.Flush();  // async lambda as an Action
        };
        handler();
    }

    public void TaskLambda(Stream stream)
    {
        Func<Task> handler = async () =>
        {
            await Task.Yield();
            stream.Flush();  // async lambda as a Func of Task
        };
        _ = handler();
    }

    public Task Plain(Stream stream)
    {
        stream.Flush();  // Task without async
        return Task.CompletedTask;
    }
}
PROGRAM
output=$(dotnet build program.cs 2>&1) || { echo "$output"; exit 1; }
echo "SDK $(dotnet --version)"
result=$(grep -n '  // ' program.cs | while IFS=: read -r number text; do
    rules=$(grep -oE "program\.cs\($number,[0-9]+\): warning (CA1849|VSTHRD103|AsyncFixer02|MA0042|S6966)" <<< "$output" | sed 's/.* //' | sort -u | tr '\n' ' ' || true)
    echo "${text##*  // }: ${rules:-none}"
done)
echo "$result"
grep -qE '^async Task: AsyncFixer02 CA1849 MA0042 S6966 VSTHRD103' <<< "$result" || { echo "Changed: no line matches '^async Task: AsyncFixer02 CA1849 MA0042 S6966 VSTHRD103'"; exit 1; }
grep -qE '^async iterator: AsyncFixer02 CA1849 MA0042 S6966 VSTHRD103' <<< "$result" || { echo "Changed: no line matches '^async iterator: AsyncFixer02 CA1849 MA0042 S6966 VSTHRD103'"; exit 1; }
grep -qE '^async void: AsyncFixer02 S6966 $' <<< "$result" || { echo "Changed: no line matches '^async void: AsyncFixer02 S6966 $'"; exit 1; }
grep -qE '^async lambda as an Action: none' <<< "$result" || { echo "Changed: no line matches '^async lambda as an Action: none'"; exit 1; }
grep -qE '^async lambda as a Func of Task: CA1849 MA0042 VSTHRD103 $' <<< "$result" || { echo "Changed: no line matches '^async lambda as a Func of Task: CA1849 MA0042 VSTHRD103 $'"; exit 1; }
grep -qE '^Task without async: CA1849 MA0042 VSTHRD103 $' <<< "$result" || { echo "Changed: no line matches '^Task without async: CA1849 MA0042 VSTHRD103 $'"; exit 1; }
echo "As described."
