#!/usr/bin/env bash
# SDK 10.0.401, Microsoft.VisualStudio.Threading.Analyzers 18.12.1, AsyncFixer 2.1.0, Meziantou.Analyzer 3.0.321, SonarAnalyzer.CSharp 10.36.0.15337, Roslynator.Analyzers 5.0.1: an await under a lock that belongs to a thread is reported by none.
# The guess: "await" inside "lock" is an error of the compiler, so that one of six sets of rules at least knows the same fault with Monitor.Enter, ReaderWriterLockSlim or a Mutex.
# Seen: with the rules of all six at the severity of a warning, none reports the await, those about ConfigureAwait apart. At run time each of the three locks throws when it is left on another thread than the one that entered it.
# Why the guess misses it: the compiler looks at the statement, and the analyzers at what blocks; that a lock has an owner is written in no signature. In a test, or where the awaited call is complete already, the thread is the same and nothing happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > .editorconfig <<'CONFIG'
root = true
[*.cs]
dotnet_analyzer_diagnostic.severity = warning
CONFIG
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:property EnableNETAnalyzers=true
#:property AnalysisMode=All
#:property RunAnalyzersDuringBuild=true
#:package Microsoft.VisualStudio.Threading.Analyzers@18.12.1
#:package AsyncFixer@2.1.0
#:package Meziantou.Analyzer@3.0.321
#:package SonarAnalyzer.CSharp@10.36.0.15337
#:package Roslynator.Analyzers@5.0.1
Console.WriteLine($".NET {Environment.Version}");
await Show("Monitor", Sample.ByMonitorAsync);
await Show("ReaderWriterLockSlim", Sample.ByReaderWriterLockAsync);
await Show("Mutex", Sample.ByMutexAsync);

static async Task Show(string name, Func<Task> work)
{
    try
    {
        await work();
        Console.WriteLine($"{name}: left");
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{name}: {exception.GetType().Name}");
    }
}

public static class Sample
{
    private static readonly object s_gate = new();
    private static readonly ReaderWriterLockSlim s_lock = new();
    private static readonly Mutex s_mutex = new();

    public static async Task ByMonitorAsync()
    {
        Monitor.Enter(s_gate);
        try
        {
            await ElsewhereAsync();  // await between Enter and Exit
        }
        finally
        {
            Monitor.Exit(s_gate);
        }
    }

    public static async Task ByReaderWriterLockAsync()
    {
        s_lock.EnterWriteLock();
        try
        {
            await ElsewhereAsync();  // await between EnterWriteLock and ExitWriteLock
        }
        finally
        {
            s_lock.ExitWriteLock();
        }
    }

    public static async Task ByMutexAsync()
    {
        s_mutex.WaitOne();
        try
        {
            await ElsewhereAsync();  // await between WaitOne and ReleaseMutex
        }
        finally
        {
            s_mutex.ReleaseMutex();
        }
    }

    // Ends on a thread of its own.
    private static Task ElsewhereAsync()
    {
        var source = new TaskCompletionSource();
        new Thread(() =>
        {
            Thread.Sleep(200);
            source.SetResult();
        }).Start();
        return source.Task;
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
sed -n '/^\.NET/,$p' <<< "$output"
total=$(grep -oE 'warning [A-Za-z]+[0-9]+' <<< "$output" | sort -u | wc -l)
echo "rules that report something: $total"
result=$(grep -n '  // await' program.cs | while IFS=: read -r number text; do
    rules=$(grep -oE "program\.cs\($number,[0-9]+\): warning [A-Za-z]+[0-9]+" <<< "$output" | sed 's/.* //' | sort -u | grep -vxE 'CA2007|VSTHRD111|MA0004|RCS1090' | tr '\n' ' ' || true)
    echo "${text##*  // }: ${rules:-none}"
done)
echo "$result"
[ "$total" -gt 10 ] || { echo "Changed: the analyzers did not run"; exit 1; }
for name in Monitor:SynchronizationLockException ReaderWriterLockSlim:SynchronizationLockException Mutex:ApplicationException; do
    grep -qE "^${name%:*}: ${name#*:}" <<< "$output" || { echo "Changed: ${name%:*} did not throw ${name#*:}"; exit 1; }
done
for members in 'Enter and Exit' 'EnterWriteLock and ExitWriteLock' 'WaitOne and ReleaseMutex'; do
    grep -qE "^await between $members: none" <<< "$result" || { echo "Changed: the await between $members is reported"; exit 1; }
done
echo "As described."
