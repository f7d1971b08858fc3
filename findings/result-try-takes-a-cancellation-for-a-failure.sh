#!/usr/bin/env bash
# CSharpFunctionalExtensions 3.7.0 and FluentResults 4.0.0: Result.Try over a task that is cancelled gives a failed result, also where the token is the one of the caller; no OperationCanceledException leaves it.
# The guess: Try turns failures into results and lets a cancellation pass, at least that of the token of the caller.
# Seen: both libraries catch it as any other exception. The awaiting task ends with RanToCompletion, and what follows runs on with "failed" although its caller has asked it to stop.
# Why the guess misses it: Try catches Exception, and its filter is a function of the caller that most do not give. A retry around it tries again after the request has been cancelled.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package CSharpFunctionalExtensions@3.7.0
#:package FluentResults@4.0.0
Console.WriteLine($".NET {Environment.Version}");
using var source = new CancellationTokenSource(50);
Func<Task<int>> work = async () =>
{
    await Task.Delay(5000, source.Token);
    return 1;
};
try
{
    var result = await CSharpFunctionalExtensions.Result.Try(work);
    Console.WriteLine($"CSharpFunctionalExtensions: {(result.IsFailure ? "failure" : "success")} '{result.Error}'");
}
catch (OperationCanceledException)
{
    Console.WriteLine("CSharpFunctionalExtensions: a cancellation");
}

try
{
    var result = await FluentResults.Result.Try(work);
    Console.WriteLine($"FluentResults: {(result.IsFailed ? "failure" : "success")} '{result.Errors[0].Message}'");
}
catch (OperationCanceledException)
{
    Console.WriteLine("FluentResults: a cancellation");
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^CSharpFunctionalExtensions: failure' <<< "$output" || { echo "Changed: no line matches '^CSharpFunctionalExtensions: failure'"; exit 1; }
grep -qE '^FluentResults: failure' <<< "$output" || { echo "Changed: no line matches '^FluentResults: failure'"; exit 1; }
echo "As described."
