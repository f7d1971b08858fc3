#!/usr/bin/env bash
# SDK 10.0.401 (CA1849), Microsoft.VisualStudio.Threading.Analyzers 18.12.1 (VSTHRD103), AsyncFixer 2.1.0 (AsyncFixer02), Meziantou.Analyzer 3.0.321 (MA0042), SonarAnalyzer.CSharp 10.36.0.15337 (S6966): what cannot block is reported as a blocking call.
# The guess: rules that are five to ten years old know the plain exceptions: a writer into memory, a semaphore that is only tried, a task that has been awaited already.
# Seen: all five want WriteAsync of a StringWriter. Three want WaitAsync for SemaphoreSlim.Wait(0), which returns at once. Result behind "await task" or "await Task.WhenAll" is reported by CA1849 and MA0042, and behind a test of IsCompletedSuccessfully by all but S6966.
# Why the guess misses it: each has a list of exceptions of its own: MemoryStream is on all of them and StringWriter on none; a task that has been awaited is on those of VSTHRD103, AsyncFixer02 and S6966. Who follows the advice makes code slower that never waited.
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
    public async Task Writer(StringWriter writer)
    {
        await Task.Yield();
        writer.Write("text");  // StringWriter.Write
    }

    public async Task Memory(MemoryStream stream)
    {
        await Task.Yield();
        stream.Write([1, 2, 3]);  // MemoryStream.Write
    }

    public async Task Semaphore(SemaphoreSlim semaphore)
    {
        await Task.Yield();
        if (semaphore.Wait(0)) semaphore.Release();  // SemaphoreSlim.Wait(0)
    }

    public async Task<int> Awaited(Task<int> task)
    {
        await task;
        return task.Result;  // Result behind await
    }

    public async Task<int> All(Task<int> task, Task other)
    {
        await Task.WhenAll(task, other);
        return task.Result;  // Result behind await Task.WhenAll
    }

    public async Task<int> Completed(Task<int> task)
    {
        await Task.Yield();
        return task.IsCompletedSuccessfully ? task.Result : 0;  // Result behind IsCompletedSuccessfully
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
grep -qE '^StringWriter.Write: AsyncFixer02 CA1849 MA0042 S6966 VSTHRD103' <<< "$result" || { echo "Changed: no line matches '^StringWriter.Write: AsyncFixer02 CA1849 MA0042 S6966 VSTHRD103'"; exit 1; }
grep -qE '^MemoryStream.Write: none' <<< "$result" || { echo "Changed: no line matches '^MemoryStream.Write: none'"; exit 1; }
grep -qE '^SemaphoreSlim.Wait\(0\): AsyncFixer02 S6966 VSTHRD103 $' <<< "$result" || { echo "Changed: no line matches '^SemaphoreSlim.Wait\(0\): AsyncFixer02 S6966 VSTHRD103 $'"; exit 1; }
grep -qE '^Result behind await: CA1849 MA0042 $' <<< "$result" || { echo "Changed: no line matches '^Result behind await: CA1849 MA0042 $'"; exit 1; }
grep -qE '^Result behind await Task.WhenAll: CA1849 MA0042 $' <<< "$result" || { echo "Changed: no line matches '^Result behind await Task.WhenAll: CA1849 MA0042 $'"; exit 1; }
grep -qE '^Result behind IsCompletedSuccessfully: AsyncFixer02 CA1849 MA0042 VSTHRD103 $' <<< "$result" || { echo "Changed: no line matches '^Result behind IsCompletedSuccessfully: AsyncFixer02 CA1849 MA0042 VSTHRD103 $'"; exit 1; }
echo "As described."
