#!/usr/bin/env bash
# System.CommandLine 3.0.0: a command whose action ends with OperationCanceledException ends with exit code 1 and without a word.
# The guess: an exception that an action does not handle is printed, as the default handler does with every other one.
# Seen: for InvalidDataException "Unhandled exception: …" is printed; for the TaskCanceledException of an HttpClient that has timed out nothing is, on neither stream, though there was no Ctrl+C. The exit code is 1 in both.
# Why the guess misses it: the handler takes every cancellation for that of the user. A tool that fails by a time-out in a pipeline leaves an empty log.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package System.CommandLine@3.0.0
using System.CommandLine;

Console.WriteLine($".NET {Environment.Version}, System.CommandLine {typeof(RootCommand).Assembly.GetName().Version}");
await Show("failure", async () =>
{
    await Task.Yield();
    throw new InvalidDataException("the file is damaged");
});
await Show("time-out", async () =>
{
    using var client = new HttpClient(new Silent()) { Timeout = TimeSpan.FromMilliseconds(100) };
    await client.GetStringAsync("http://localhost/");
});

static async Task Show(string name, Func<Task> work)
{
    var command = new RootCommand();
    command.SetAction((_, _) => work());
    var written = new StringWriter();
    var code = await command.Parse("").InvokeAsync(new InvocationConfiguration { Output = written, Error = written });
    var text = written.ToString();
    Console.WriteLine($"{name}: exit code {code}, {(text.Length == 0 ? "nothing printed" : $"printed: {text.Split('\n')[0]}")}");
}

public sealed class Silent : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return new HttpResponseMessage();
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^failure: exit code 1, printed: Unhandled exception: System.IO.InvalidDataException' <<< "$output" || { echo "Changed: no line matches '^failure: exit code 1, printed: Unhandled exception: System.IO.InvalidDataException'"; exit 1; }
grep -qE '^time-out: exit code 1, nothing printed' <<< "$output" || { echo "Changed: no line matches '^time-out: exit code 1, nothing printed'"; exit 1; }
echo "As described."
