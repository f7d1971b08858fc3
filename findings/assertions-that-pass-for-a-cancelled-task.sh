#!/usr/bin/env bash
# Shouldly 4.3.0 and AwesomeAssertions 9.6.0: Should.NotThrowAsync and CompleteWithinAsync pass for a task that was cancelled.
# The guess: "does not throw" and "completes within a second" fail for work that ends with OperationCanceledException, as awaiting it throws.
# Seen: Should.NotThrowAsync passes for a cancelled task and fails for a faulted one; CompleteWithinAsync likewise. NotThrowAsync of AwesomeAssertions fails for both.
# Why the guess misses it: both look at the task rather than await it: whether it has an exception, which a cancelled task has not, or whether it is over. A test of a call that times out inside is green.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Shouldly@4.3.0
#:package AwesomeAssertions@9.6.0
using AwesomeAssertions;
using Shouldly;

Console.WriteLine($".NET {Environment.Version}, Shouldly {typeof(Should).Assembly.GetName().Version}, AwesomeAssertions {typeof(FluentActions).Assembly.GetName().Version}");
Func<Task> cancelled = async () =>
{
    using var source = new CancellationTokenSource(20);
    await Task.Delay(Timeout.Infinite, source.Token);
};
Func<Task> failed = async () =>
{
    await Task.Delay(20);
    throw new InvalidDataException();
};
await Show("Shouldly NotThrowAsync", work => Should.NotThrowAsync(work));
await Show("AwesomeAssertions CompleteWithinAsync", work => work.Should().CompleteWithinAsync(TimeSpan.FromMinutes(1)));
await Show("AwesomeAssertions NotThrowAsync", work => work.Should().NotThrowAsync());

async Task Show(string name, Func<Func<Task>, Task> assert) =>
    Console.WriteLine($"{name}: cancelled {await Passes(() => assert(cancelled))}, failed {await Passes(() => assert(failed))}");

static async Task<string> Passes(Func<Task> assert)
{
    try
    {
        await assert();
        return "passes";
    }
    catch (Exception)
    {
        return "does not pass";
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Shouldly NotThrowAsync: cancelled passes, failed does not pass' <<< "$output" || { echo "Changed: no line matches '^Shouldly NotThrowAsync: cancelled passes, failed does not pass'"; exit 1; }
grep -qE '^AwesomeAssertions CompleteWithinAsync: cancelled passes, failed does not pass' <<< "$output" || { echo "Changed: no line matches '^AwesomeAssertions CompleteWithinAsync: cancelled passes, failed does not pass'"; exit 1; }
grep -qE '^AwesomeAssertions NotThrowAsync: cancelled does not pass, failed does not pass' <<< "$output" || { echo "Changed: no line matches '^AwesomeAssertions NotThrowAsync: cancelled does not pass, failed does not pass'"; exit 1; }
echo "As described."
