#!/usr/bin/env bash
# Roslynator.Analyzers 5.0.1 (RCS1261) asks for "await using" of a MemoryStream and a StringWriter; Meziantou.Analyzer 3.0.321 (MA0042) does not, and SDK 10.0.401 (CA1849), Microsoft.VisualStudio.Threading.Analyzers 18.12.1 (VSTHRD103) and SonarAnalyzer.CSharp 10.36.0.15337 (S6966) report no "using" at all.
# The guess: the rules that ask for "await using" know where DisposeAsync has something to do, or are silent for the streams in memory that all rules of blocking calls leave out.
# Seen: RCS1261 reports every "using" of a type that has DisposeAsync: MemoryStream, StringWriter, Timer, a registration of a token and a file that was opened for reading. MA0042 leaves out the two in memory and reports the others. CA1849, VSTHRD103 and S6966, which report blocking calls of such objects, report none of them, not even the file that is written.
# Why the guess misses it: one list of exceptions is for calls and another one, or none, for disposal. DisposeAsync of the two in memory is Dispose with a state machine around it; and a file that is written, where it matters, is reported in the same words as the rest.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > .editorconfig <<'CONFIG'
root = true
[*.cs]
dotnet_diagnostic.CA1849.severity = warning
dotnet_diagnostic.VSTHRD103.severity = warning
dotnet_diagnostic.MA0042.severity = warning
dotnet_diagnostic.S6966.severity = warning
dotnet_diagnostic.RCS1261.severity = warning
CONFIG
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:property EnableNETAnalyzers=true
#:property RunAnalyzersDuringBuild=true
#:package Microsoft.VisualStudio.Threading.Analyzers@18.12.1
#:package Meziantou.Analyzer@3.0.321
#:package SonarAnalyzer.CSharp@10.36.0.15337
#:package Roslynator.Analyzers@5.0.1
await Task.CompletedTask;

public sealed class Sample
{
    public async Task Disposals(CancellationToken token)
    {
        await Task.Yield();
        using var memory = new MemoryStream();  // MemoryStream
        using var text = new StringWriter();  // StringWriter
        using var timer = new Timer(_ => { });  // Timer
        using var registration = token.Register(() => { });  // registration
        using var read = File.OpenRead("file");  // file, read
        using var written = File.Create("file");  // file, written
        using var source = new CancellationTokenSource();  // CancellationTokenSource
    }
}
PROGRAM
output=$(dotnet build program.cs 2>&1) || { echo "$output"; exit 1; }
echo "SDK $(dotnet --version)"
result=$(grep -n '  // ' program.cs | while IFS=: read -r number text; do
    rules=$(grep -oE "program\.cs\($number,[0-9]+\): warning (CA1849|VSTHRD103|MA0042|S6966|RCS1261)" <<< "$output" | sed 's/.* //' | sort -u | tr '\n' ' ' || true)
    echo "${text##*  // }: ${rules:-none}"
done)
echo "$result"
grep -qE '^MemoryStream: RCS1261 $' <<< "$result" || { echo "Changed: no line matches '^MemoryStream: RCS1261 $'"; exit 1; }
grep -qE '^StringWriter: RCS1261 $' <<< "$result" || { echo "Changed: no line matches '^StringWriter: RCS1261 $'"; exit 1; }
grep -qE '^Timer: MA0042 RCS1261 $' <<< "$result" || { echo "Changed: no line matches '^Timer: MA0042 RCS1261 $'"; exit 1; }
grep -qE '^registration: MA0042 RCS1261 $' <<< "$result" || { echo "Changed: no line matches '^registration: MA0042 RCS1261 $'"; exit 1; }
grep -qE '^file, read: MA0042 RCS1261 $' <<< "$result" || { echo "Changed: no line matches '^file, read: MA0042 RCS1261 $'"; exit 1; }
grep -qE '^file, written: MA0042 RCS1261 $' <<< "$result" || { echo "Changed: no line matches '^file, written: MA0042 RCS1261 $'"; exit 1; }
grep -qE '^CancellationTokenSource: none' <<< "$result" || { echo "Changed: no line matches '^CancellationTokenSource: none'"; exit 1; }
echo "As described."
