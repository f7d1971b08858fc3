#!/usr/bin/env bash
# SDK 10.0.401 (CA2016), Meziantou.Analyzer 3.0.321 (MA0040): both ask to pass the token on in the catch of its own cancellation and in a finally; who does so has no clean-up.
# The guess: the rules, and their fixes, leave a clean-up alone, above all where the exception that is caught says that the token has fired.
# Seen: both report the rollback in "catch (OperationCanceledException)" and the release in the finally. As written, the rollback and the release run; with the token passed on, neither does, and the caller sees the same exception.
# Why the guess misses it: the rules ask which tokens are in scope, not whether they can still be of use. Only CA2016 names CancellationToken.None as the other way out.
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
Console.WriteLine($".NET {Environment.Version}");
foreach (var followed in new[] { false, true })
{
    using var source = new CancellationTokenSource(200);
    var store = new Store();
    try
    {
        if (followed) await store.MoveFollowedAsync(source.Token);
        else await store.MoveAsync(source.Token);
    }
    catch (OperationCanceledException)
    {
    }
    Console.WriteLine($"{(followed ? "as advised" : "as written")}: rolled back {store.RolledBack}, unlocked {store.Unlocked}");
}

public sealed class Store
{
    public bool RolledBack, Unlocked;

    private Task WorkAsync(CancellationToken token = default) => Task.Delay(1000, token);

    private async Task RollbackAsync(CancellationToken token = default)
    {
        await Task.Delay(1, token);
        RolledBack = true;
    }

    private async Task UnlockAsync(CancellationToken token = default)
    {
        await Task.Delay(1, token);
        Unlocked = true;
    }

    public async Task MoveAsync(CancellationToken token)
    {
        try
        {
            await WorkAsync(token);
        }
        catch (OperationCanceledException)
        {
            await RollbackAsync();  // in the catch of the cancellation
            throw;
        }
        finally
        {
            await UnlockAsync();  // in the finally
        }
    }

    public async Task MoveFollowedAsync(CancellationToken token)
    {
        try
        {
            await WorkAsync(token);
        }
        catch (OperationCanceledException)
        {
            await RollbackAsync(token);
            throw;
        }
        finally
        {
            await UnlockAsync(token);
        }
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
result=$(grep -E '^(\.NET|as )' <<< "$output"; grep -n '  // ' program.cs | while IFS=: read -r number text; do
    rules=$(grep -oE "program\.cs\($number,[0-9]+\): warning (CA2016|MA0040)" <<< "$output" | sed 's/.* //' | sort -u | tr '\n' ' ' || true)
    echo "${text##*  // }: ${rules:-none}"
done)
echo "$result"
grep -qE '^as written: rolled back True, unlocked True' <<< "$result" || { echo "Changed: no line matches '^as written: rolled back True, unlocked True'"; exit 1; }
grep -qE '^as advised: rolled back False, unlocked False' <<< "$result" || { echo "Changed: no line matches '^as advised: rolled back False, unlocked False'"; exit 1; }
grep -qE '^in the catch of the cancellation: CA2016 MA0040' <<< "$result" || { echo "Changed: no line matches '^in the catch of the cancellation: CA2016 MA0040'"; exit 1; }
grep -qE '^in the finally: CA2016 MA0040' <<< "$result" || { echo "Changed: no line matches '^in the finally: CA2016 MA0040'"; exit 1; }
echo "As described."
