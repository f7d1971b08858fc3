#!/usr/bin/env bash
# CsvHelper 33.1.0: a cancelled WriteRecordsAsync ends as Faulted with a WriterException, not as Canceled; a cancelled GetRecordsAsync throws OperationCanceledException.
# The guess: both throw OperationCanceledException, so that one handler for it serves the reader and the writer.
# Seen: the task of WriteRecordsAsync is Faulted with a WriterException that has the OperationCanceledException inside; GetRecordsAsync throws the OperationCanceledException itself.
# Why the guess misses it: the writer turns every failure inside its loop into a WriterException, and the check of its token is inside that loop.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="CsvHelper" Version="33.1.0" />
  </ItemGroup>
</Project>
PROJECT
cat > program.cs <<'PROGRAM'
using System.Globalization;
using CsvHelper;

Console.WriteLine($".NET {Environment.Version}, CsvHelper {System.Diagnostics.FileVersionInfo.GetVersionInfo(typeof(CsvWriter).Assembly.Location).FileVersion}");

using var stop = new CancellationTokenSource();
var writer = new CsvWriter(new StringWriter(), CultureInfo.InvariantCulture);
var writing = writer.WriteRecordsAsync(Rows(stop), stop.Token);
await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
var failure = writing.Exception?.InnerException;
Console.WriteLine($"write: {writing.Status}, {failure?.GetType().Name ?? "none"}, inside {failure?.InnerException?.GetType().Name ?? "none"}");

var failing = new CsvWriter(new StringWriter(), CultureInfo.InvariantCulture).WriteRecordsAsync(FailingRows());
await failing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
var other = failing.Exception?.InnerException;
Console.WriteLine($"failure of the source: {other?.GetType().Name ?? "none"}, inside {other?.InnerException?.GetType().Name ?? "none"}");

using var stopReading = new CancellationTokenSource();
var reader = new CsvReader(new StringReader("Id\n1\n2\n3\n"), CultureInfo.InvariantCulture);
try
{
    await foreach (var row in reader.GetRecordsAsync<Row>(stopReading.Token))
        stopReading.Cancel();
    Console.WriteLine("read: to the end");
}
catch (Exception caught)
{
    Console.WriteLine($"read: {caught.GetType().Name}");
}

static IEnumerable<Row> Rows(CancellationTokenSource stop)
{
    yield return new Row { Id = 1 };
    stop.Cancel();
    yield return new Row { Id = 2 };
}

static IEnumerable<Row> FailingRows()
{
    yield return new Row { Id = 1 };
    throw new InvalidOperationException();
}

public class Row
{
    public int Id { get; set; }
}
PROGRAM
output=$(dotnet run --project program.csproj 2>&1) || { echo "$output"; exit 1; }
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^write: Faulted, WriterException, inside OperationCanceledException' <<< "$output" || { echo "Changed: the write"; exit 1; }
grep -qE '^failure of the source: WriterException, inside InvalidOperationException' <<< "$output" || { echo "Changed: the failure of the source"; exit 1; }
grep -qE '^read: OperationCanceledException' <<< "$output" || { echo "Changed: the read"; exit 1; }
echo "As described."
