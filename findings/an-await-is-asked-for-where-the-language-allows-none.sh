#!/usr/bin/env bash
# SDK 10.0.401 (CA1849), Microsoft.VisualStudio.Threading.Analyzers 18.12.1 (VSTHRD103), AsyncFixer 2.1.0 (AsyncFixer02), Meziantou.Analyzer 3.0.321 (MA0042), SonarAnalyzer.CSharp 10.36.0.15337 (S6966): a blocking call is reported where C# has no await.
# The guess: a rule that says "await it instead" is silent inside a lock, in the filter of a catch clause and in the select of a query, where an await does not compile.
# Seen: inside a lock CA1849, VSTHRD103 and AsyncFixer02 report the call. In a filter all five do. In a query only VSTHRD103 does. A synchronous lambda, which needs another change too, is reported by none.
# Why the guess misses it: the rules ask whether the function around the call is asynchronous, not what stands between. Who follows the advice gets CS1996 or CS7094, and what really has to change, the lock or the place of the test, no message names.
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
    private readonly object _gate = new();

    public async Task Plain(Stream stream)
    {
        await Task.Yield();
        stream.Flush();  // where an await may stand
    }

    public async Task Lock(Stream stream)
    {
        await Task.Yield();
        lock (_gate)
        {
            stream.Flush();  // in a lock
        }
    }

    public async Task Filter()
    {
        try
        {
            await Task.Yield();
        }
        catch (IOException) when (File.ReadAllText("expected").Length > 0)  // in a filter
        {
        }
    }

    public async Task<int> Query(string[] paths)
    {
        await Task.Yield();
        var texts = from path in paths
                    select File.ReadAllText(path);  // in a query
        return texts.Count();
    }

    public async Task Lambda(Stream stream)
    {
        await Task.Yield();
        Action flush = () => stream.Flush();  // in a lambda
        flush();
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
grep -qE '^where an await may stand: AsyncFixer02 CA1849 MA0042 S6966 VSTHRD103' <<< "$result" || { echo "Changed: no line matches '^where an await may stand: AsyncFixer02 CA1849 MA0042 S6966 VSTHRD103'"; exit 1; }
grep -qE '^in a lock: AsyncFixer02 CA1849 VSTHRD103 $' <<< "$result" || { echo "Changed: no line matches '^in a lock: AsyncFixer02 CA1849 VSTHRD103 $'"; exit 1; }
grep -qE '^in a filter: AsyncFixer02 CA1849 MA0042 S6966 VSTHRD103' <<< "$result" || { echo "Changed: no line matches '^in a filter: AsyncFixer02 CA1849 MA0042 S6966 VSTHRD103'"; exit 1; }
grep -qE '^in a query: VSTHRD103 $' <<< "$result" || { echo "Changed: no line matches '^in a query: VSTHRD103 $'"; exit 1; }
grep -qE '^in a lambda: none' <<< "$result" || { echo "Changed: no line matches '^in a lambda: none'"; exit 1; }
echo "As described."
