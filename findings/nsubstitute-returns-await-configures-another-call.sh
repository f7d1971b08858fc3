#!/usr/bin/env bash
# NSubstitute 6.1.0: "substitute.GetAsync().Returns(await …)" sets up whatever call was made last on the thread that goes on after the await.
# The guess: what stands on the left of Returns is set up, whatever is awaited inside the parentheses.
# Seen: where the awaited call belongs to another substitute, that one gets the value, and the call on the left gives its default, without an exception. Where the await really waits, Returns throws CouldNotSetReturnDueToNoLastCallException on another thread.
# Why the guess misses it: Returns is an extension of a task and sees no substitute; it asks for the last call of its thread, and both are different behind an await. Awaiting into a local first is what works.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package NSubstitute@6.1.0
using NSubstitute;
using NSubstitute.Exceptions;

Console.WriteLine($".NET {Environment.Version}, NSubstitute {typeof(Substitute).Assembly.GetName().Version}");
var store = Substitute.For<IStore>();
var defaults = Substitute.For<IStore>();
defaults.GetAsync().Returns(3);
store.GetAsync().Returns(await defaults.GetAsync() + 4);
Console.WriteLine($"awaited another substitute: store gives {await store.GetAsync()}, defaults gives {await defaults.GetAsync()}");

var fresh = Substitute.For<IStore>();
var value = await defaults.GetAsync();
fresh.GetAsync().Returns(value);
Console.WriteLine($"awaited before: {await fresh.GetAsync()}");

try
{
    Substitute.For<IStore>().GetAsync().Returns(await OnAnotherThread());
    Console.WriteLine("awaited another thread: no exception");
}
catch (CouldNotSetReturnDueToNoLastCallException exception)
{
    Console.WriteLine($"awaited another thread: {exception.GetType().Name}");
}

static Task<int> OnAnotherThread()
{
    var source = new TaskCompletionSource<int>();
    var thread = new Thread(() =>
    {
        Thread.Sleep(300);
        source.SetResult(1);
    });
    thread.Start();
    return source.Task;
}

public interface IStore
{
    Task<int> GetAsync();
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^awaited another substitute: store gives 0, defaults gives 7' <<< "$output" || { echo "Changed: no line matches '^awaited another substitute: store gives 0, defaults gives 7'"; exit 1; }
grep -qE '^awaited before: 7' <<< "$output" || { echo "Changed: no line matches '^awaited before: 7'"; exit 1; }
grep -qE '^awaited another thread: CouldNotSetReturnDueToNoLastCallException' <<< "$output" || { echo "Changed: no line matches '^awaited another thread: CouldNotSetReturnDueToNoLastCallException'"; exit 1; }
echo "As described."
