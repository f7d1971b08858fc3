#!/usr/bin/env bash
# .NET 10: a ReadLineAsync whose token fires in the middle of a line takes what it had read of the line with it; the next call gives the rest.
# The guess: a cancelled read leaves the reader as it was, as PipeReader and Stream do, so that a time limit for each line can be followed by another try.
# Seen: "half of" arrives, the token fires, " a line" arrives: the next ReadLineAsync gives " a line", without an exception. PipeReader.ReadAsync gives both parts after the same cancellation.
# Why the guess misses it: the reader moves what it has buffered into a builder of the call, and the builder goes with the exception. A protocol of lines over a slow connection reads a wrong command, not a failure.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
using System.IO.Pipelines;
using System.Text;

Console.WriteLine($".NET {Environment.Version}");
var pipe = new Pipe();
var reader = new StreamReader(pipe.Reader.AsStream());
await pipe.Writer.WriteAsync("half of"u8.ToArray());
await Cancelled(async token => await reader.ReadLineAsync(token));
await pipe.Writer.WriteAsync(" a line\n"u8.ToArray());
Console.WriteLine($"StreamReader: the next line is '{await reader.ReadLineAsync()}'");

var other = new Pipe();
await other.Writer.WriteAsync("half of"u8.ToArray());
await Cancelled(async token =>
{
    while (true)
    {
        var read = await other.Reader.ReadAsync(token);
        other.Reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
    }
});
await other.Writer.WriteAsync(" a line\n"u8.ToArray());
var result = await other.Reader.ReadAsync();
Console.WriteLine($"PipeReader: the next line is '{Encoding.UTF8.GetString(result.Buffer).TrimEnd()}'");

static async Task Cancelled(Func<CancellationToken, Task> read)
{
    using var source = new CancellationTokenSource(300);
    try
    {
        await read(source.Token);
    }
    catch (OperationCanceledException exception)
    {
        Console.WriteLine(exception.GetType().Name);
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'StreamReader: the next line is . a line.' <<< "$output" || { echo "Changed: no line matches 'StreamReader: the next line is . a line.'"; exit 1; }
grep -qE 'PipeReader: the next line is .half of a line.' <<< "$output" || { echo "Changed: no line matches 'PipeReader: the next line is .half of a line.'"; exit 1; }
echo "As described."
