#!/usr/bin/env bash
# Microsoft.VisualStudio.Threading.Analyzers 18.12.1 (VSTHRD114), Meziantou.Analyzer 3.0.321 (MA0022), SonarAnalyzer.CSharp 10.36.0.15337 (S4586): "return service?.SaveAsync();" in a method that returns Task is reported by none of them.
# The guess: the rules against null in place of a task know the most common way to it; "await service?.SaveAsync()" is reported by one of them, or by the compiler.
# Seen: "return null" is reported by all three, "condition ? null : task" and a lambda by two, a switch expression by MA0022 alone. Behind "?." none reports, whether the task is returned, awaited or put into a local, in code without nullable annotations.
# Why the guess misses it: the rules look for a null that is written down, and "?." is one that is not. The caller awaits the result and gets a NullReferenceException that names neither the service nor the line.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > .editorconfig <<'CONFIG'
root = true
[*.cs]
dotnet_diagnostic.VSTHRD114.severity = warning
dotnet_diagnostic.MA0022.severity = warning
dotnet_diagnostic.S4586.severity = warning
CONFIG
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:property EnableNETAnalyzers=true
#:property RunAnalyzersDuringBuild=true
#:package Microsoft.VisualStudio.Threading.Analyzers@18.12.1
#:package Meziantou.Analyzer@3.0.321
#:package SonarAnalyzer.CSharp@10.36.0.15337
#:property Nullable=disable
Console.WriteLine();

public interface IService
{
    Task SaveAsync();
}

public sealed class Sample(IService service)
{
    public Task Null() { return null; }  // return null

    public Task Conditional() => service == null ? null : service.SaveAsync();  // conditional expression

    public Task Switch(int number) => number switch { 1 => service.SaveAsync(), _ => null };  // switch expression

    public Func<Task> Lambda() => () => null;  // lambda

    public Task Returned() { return service?.SaveAsync(); }  // returned behind ?.

    public Task Expression() => service?.SaveAsync();  // expression body behind ?.

    public async Task Awaited() { await service?.SaveAsync(); }  // awaited behind ?.

    public async Task Local()
    {
        var task = service?.SaveAsync();
        await Task.Yield();
        await task;  // awaited later behind ?.
    }
}
PROGRAM
output=$(dotnet build program.cs 2>&1) || { echo "$output"; exit 1; }
echo "SDK $(dotnet --version)"
result=$(grep -n '  // ' program.cs | while IFS=: read -r number text; do
    rules=$(grep -oE "program\.cs\($number,[0-9]+\): warning (VSTHRD114|MA0022|S4586)" <<< "$output" | sed 's/.* //' | sort -u | tr '\n' ' ' || true)
    echo "${text##*  // }: ${rules:-none}"
done)
echo "$result"
grep -qE '^return null: MA0022 S4586 VSTHRD114' <<< "$result" || { echo "Changed: no line matches '^return null: MA0022 S4586 VSTHRD114'"; exit 1; }
grep -qE '^conditional expression: MA0022 VSTHRD114' <<< "$result" || { echo "Changed: no line matches '^conditional expression: MA0022 VSTHRD114'"; exit 1; }
grep -qE '^switch expression: MA0022 $' <<< "$result" || { echo "Changed: no line matches '^switch expression: MA0022 $'"; exit 1; }
grep -qE '^lambda: MA0022 VSTHRD114' <<< "$result" || { echo "Changed: no line matches '^lambda: MA0022 VSTHRD114'"; exit 1; }
grep -qE '^returned behind \?\.: none' <<< "$result" || { echo "Changed: no line matches '^returned behind \?\.: none'"; exit 1; }
grep -qE '^expression body behind \?\.: none' <<< "$result" || { echo "Changed: no line matches '^expression body behind \?\.: none'"; exit 1; }
grep -qE '^awaited behind \?\.: none' <<< "$result" || { echo "Changed: no line matches '^awaited behind \?\.: none'"; exit 1; }
grep -qE '^awaited later behind \?\.: none' <<< "$result" || { echo "Changed: no line matches '^awaited later behind \?\.: none'"; exit 1; }
echo "As described."
