#!/usr/bin/env bash
# Polly.Core 8.9.1: a hedged call returns only when the attempts that lost have ended, where they ignore their token.
# The guess: AddHedging starts a second attempt beside a slow first one and returns the first answer; the slow attempt is cancelled and left to itself.
# Seen: the second attempt answers at once, but ExecuteAsync goes on until the first one is over, and returns the result of the second. With a first attempt that passes its token on, the answer comes when the second has it.
# Why the guess misses it: the strategy cancels the losers and then awaits them, to dispose of what they give. Around a call that does not stop by its token, hedging doubles the load and the caller waits for the slow attempt all the same.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Polly.Core@8.9.1
using Polly;
using Polly.Hedging;

Console.WriteLine($".NET {Environment.Version}, Polly.Core {typeof(ResiliencePipeline).Assembly.GetName().Version}");
var pipeline = new ResiliencePipelineBuilder<string>().AddHedging(new HedgingStrategyOptions<string> { Delay = TimeSpan.FromMilliseconds(100) }).Build();
foreach (var isTokenPassedOn in new[] { false, true })
{
    var attempts = 0;
    var hasAnswered = new TaskCompletionSource();
    var release = new TaskCompletionSource();
    var call = pipeline.ExecuteAsync(
        async token =>
        {
            if (Interlocked.Increment(ref attempts) == 1)
            {
                await (isTokenPassedOn ? release.Task.WaitAsync(token) : release.Task);
                return "first";
            }

            hasAnswered.TrySetResult();
            return "second";
        },
        CancellationToken.None).AsTask();
    await hasAnswered.Task;
    var isOver = await Task.WhenAny(call, Task.Delay(2000)) == call;
    Console.WriteLine($"token passed on {isTokenPassedOn}: two seconds after the answer of the second attempt the call has returned: {isOver}");
    release.TrySetResult();
    Console.WriteLine($"result: {await call}");
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^token passed on False: .* has returned: False' <<< "$output" || { echo "Changed: no line matches '^token passed on False: .* has returned: False'"; exit 1; }
grep -qE '^token passed on True: .* has returned: True' <<< "$output" || { echo "Changed: no line matches '^token passed on True: .* has returned: True'"; exit 1; }
grep -qE '^result: second' <<< "$output" || { echo "Changed: no line matches '^result: second'"; exit 1; }
echo "As described."
