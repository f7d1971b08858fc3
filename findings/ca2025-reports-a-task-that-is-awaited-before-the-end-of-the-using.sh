#!/usr/bin/env bash
# SDK 10.0.401, CA2025 (do not pass an IDisposable into a task that is not awaited): it reports tasks that are awaited, and not the one that is not.
# The guess: a task that is kept in a local and awaited before its object is disposed is what the rule asks for; a task that outlives the object is what it reports.
# Seen: "var task = UseAsync(stream); await task;" is reported, and so is a task that goes into a list for Task.WhenAll, although both end inside the using. "await UseAsync(stream)" is not. A task that is returned from the using is reported, rightly; the same task of a member of the object, "return reader.ReadToEndAsync()", is not, although the reader is disposed while it reads.
# Why the guess misses it: the rule looks whether the call stands directly under an await, and at arguments only. Starting two operations and awaiting both, the reason to keep a task at all, is what it reports.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > .editorconfig <<'CONFIG'
root = true
[*.cs]
dotnet_diagnostic.CA2025.severity = warning
CONFIG
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:property EnableNETAnalyzers=true
#:property RunAnalyzersDuringBuild=true
await Task.CompletedTask;

public sealed class Sample
{
    private static Task UseAsync(Stream stream) => stream.FlushAsync();

    public async Task Direct()
    {
        using var stream = File.OpenRead("file");
        await UseAsync(stream);  // awaited at once
    }

    public async Task Local()
    {
        using var stream = File.OpenRead("file");
        var task = UseAsync(stream);  // kept, then awaited
        await task;
    }

    public async Task List()
    {
        using var stream = File.OpenRead("file");
        var tasks = new List<Task>();
        tasks.Add(UseAsync(stream));  // in a list, then awaited
        await Task.WhenAll(tasks);
    }

    public Task Returned()
    {
        using var stream = File.OpenRead("file");
        return UseAsync(stream);  // returned
    }

    public Task<string> Member()
    {
        using var reader = new StreamReader("file");
        return reader.ReadToEndAsync();  // a member's task, returned
    }
}
PROGRAM
output=$(dotnet build program.cs 2>&1) || { echo "$output"; exit 1; }
echo "SDK $(dotnet --version)"
result=$(grep -n '  // ' program.cs | while IFS=: read -r number text; do
    rules=$(grep -oE "program\.cs\($number,[0-9]+\): warning (CA2025)" <<< "$output" | sed 's/.* //' | sort -u | tr '\n' ' ' || true)
    echo "${text##*  // }: ${rules:-none}"
done)
echo "$result"
grep -qE '^awaited at once: none' <<< "$result" || { echo "Changed: no line matches '^awaited at once: none'"; exit 1; }
grep -qE '^kept, then awaited: CA2025' <<< "$result" || { echo "Changed: no line matches '^kept, then awaited: CA2025'"; exit 1; }
grep -qE '^in a list, then awaited: CA2025' <<< "$result" || { echo "Changed: no line matches '^in a list, then awaited: CA2025'"; exit 1; }
grep -qE '^returned: CA2025' <<< "$result" || { echo "Changed: no line matches '^returned: CA2025'"; exit 1; }
grep -qE '^a member.s task, returned: none' <<< "$result" || { echo "Changed: no line matches '^a member.s task, returned: none'"; exit 1; }
echo "As described."
