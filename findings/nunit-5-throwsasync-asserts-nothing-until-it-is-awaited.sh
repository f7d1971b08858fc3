#!/usr/bin/env bash
# NUnit 5.0.0: Assert.ThrowsAsync and its kin return a task. A call that compiles with 4.6.1 as a statement compiles with 5.0.0, without a warning, and no longer asserts anything.
# The guess: Assert.ThrowsAsync is what its name says in both, or the change of its result breaks the build.
# Seen: with 4.6.1 the call waits for the delegate and fails where nothing is thrown; with 5.0.0 the same line in a method that is not async returns at once, and the failure stays in a task that is dropped.
# Why the guess misses it: up to 4 the member waited for the task in place, so tests call it in "void" methods; there the compiler's CS4014 does not look.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
echo "SDK $(dotnet --version)"
for version in 4.6.1 5.0.0; do
    mkdir "$folder/$version"
    cd "$folder/$version"
    cat > program.cs <<PROGRAM
#:property PublishAot=false
#:property NuGetAudit=false
#:package NUnit@$version
using System.Diagnostics;
using NUnit.Framework;

var watch = Stopwatch.StartNew();
string outcome;
try
{
    Check();
    outcome = "no failure";
}
catch (Exception error)
{
    outcome = error.GetType().Name;
}

var result = typeof(Assert).GetMethods().First(method => method.Name == "DoesNotThrowAsync").ReturnType.Name;
Console.WriteLine(\$".NET {Environment.Version}, NUnit $version: {outcome}, {(watch.ElapsedMilliseconds >= 900 ? "held" : "not held")}; DoesNotThrowAsync returns {result}");

static void Check() => Assert.ThrowsAsync<InvalidOperationException>(() => Task.Delay(1000));
PROGRAM
    output=$(dotnet run program.cs 2>&1)
    echo "$output"
    case $version in 4.*) want="AssertionException, held; DoesNotThrowAsync returns Void" ;; *) want="no failure, not held; DoesNotThrowAsync returns Task" ;; esac
    grep -q "$want" <<< "$output" || { echo "Changed: expected '$want' with $version"; exit 1; }
    if grep -q "warning CS" <<< "$output"; then echo "Changed: the compiler warns"; exit 1; fi
done
echo "As described."
