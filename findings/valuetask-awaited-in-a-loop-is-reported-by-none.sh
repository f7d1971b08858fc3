#!/usr/bin/env bash
# SDK 10.0.401 (CA2012) and SonarAnalyzer.CSharp 9.32.0 (S5034): a ValueTask that is awaited in each round of a loop is reported by neither; one that is a parameter and awaited twice only by Sonar.
# The guess: "await a ValueTask once" is what both rules are for, and a loop around one await is the plain case of twice.
# Seen: two awaits of a local one after the other are reported by both. One await inside a for loop is reported by neither, nor is an await in a lambda that is called twice; CA2012 does not look at parameters.
# Why the guess misses it: CA2012 asks whether a local is read more than once in the text, Sonar whether one consumption follows another on a path; a loop has one consumption in the text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > .editorconfig <<'CONFIG'
root = true
[*.cs]
dotnet_diagnostic.CA2012.severity = warning
dotnet_diagnostic.S5034.severity = warning
CONFIG
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:property EnableNETAnalyzers=true
#:property RunAnalyzersDuringBuild=true
#:package SonarAnalyzer.CSharp@9.32.0.97167
Console.WriteLine();

public sealed class Sample
{
    private static ValueTask<int> LoadAsync() => new(1);

    public async Task Local()
    {
        var twice = LoadAsync();  // a local, awaited twice
        await twice; await twice;  // a local, awaited twice (the awaits)
        var looped = LoadAsync();  // a local, awaited in a loop
        for (var round = 0; round < 2; round++)
        {
            await looped;  // a local, awaited in a loop (the await)
        }

        var captured = LoadAsync();  // a local, awaited in a lambda
        Func<Task> run = async () => await captured;  // a local, awaited in a lambda (the await)
        await run();
        await run();
    }

    public async Task Parameter(ValueTask<int> given)
    {
        await given; await given;  // a parameter, awaited twice
    }
}
PROGRAM
output=$(dotnet build program.cs 2>&1) || { echo "$output"; exit 1; }
echo "SDK $(dotnet --version)"
result=$(grep -n '  // ' program.cs | while IFS=: read -r number text; do
    rules=$(grep -oE "program\.cs\($number,[0-9]+\): warning (CA2012|S5034)" <<< "$output" | sed 's/.* //' | sort -u | tr '\n' ' ' || true)
    echo "${text##*  // }: ${rules:-none}"
done)
echo "$result"
grep -qE '^a local, awaited twice: CA2012|^a local, awaited twice \(the awaits\): .*(CA2012|S5034)' <<< "$result" || { echo "Changed: no line matches '^a local, awaited twice: CA2012|^a local, awaited twice \(the awaits\): .*(CA2012|S5034)'"; exit 1; }
grep -qE '^a local, awaited in a loop: none' <<< "$result" || { echo "Changed: no line matches '^a local, awaited in a loop: none'"; exit 1; }
grep -qE '^a local, awaited in a loop \(the await\): none' <<< "$result" || { echo "Changed: no line matches '^a local, awaited in a loop \(the await\): none'"; exit 1; }
grep -qE '^a local, awaited in a lambda: none' <<< "$result" || { echo "Changed: no line matches '^a local, awaited in a lambda: none'"; exit 1; }
grep -qE '^a local, awaited in a lambda \(the await\): none' <<< "$result" || { echo "Changed: no line matches '^a local, awaited in a lambda \(the await\): none'"; exit 1; }
grep -qE '^a parameter, awaited twice: S5034' <<< "$result" || { echo "Changed: no line matches '^a parameter, awaited twice: S5034'"; exit 1; }
echo "As described."
