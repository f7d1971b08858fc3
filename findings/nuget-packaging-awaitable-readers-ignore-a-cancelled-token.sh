#!/usr/bin/env bash
# NuGet.Packaging 8.0.0: GetFilesAsync, GetNuspecAsync and GetLibItemsAsync of PackageArchiveReader read synchronously inside the call, and a token that is cancelled already changes nothing.
# The guess: an awaitable member with a required CancellationToken checks it at least once; with a cancelled token the task is cancelled.
# Seen: each returns a finished task with its result.
# Why the guess misses it: the parameter has no default value, so every caller has to think about which token to pass.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package NuGet.Packaging@8.0.0
using System.IO.Compression;
using NuGet.Packaging;

var file = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".nupkg");
using (var archive = ZipFile.Open(file, ZipArchiveMode.Create))
{
    using (var nuspec = new StreamWriter(archive.CreateEntry("Sample.nuspec").Open()))
        nuspec.Write("<package><metadata><id>Sample</id><version>1.0.0</version><authors>a</authors><description>d</description></metadata></package>");
    using var library = new StreamWriter(archive.CreateEntry("lib/net8.0/Sample.dll").Open());
    library.Write("x");
}

var cancelled = new CancellationToken(canceled: true);
try
{
    using var reader = new PackageArchiveReader(file);
    Console.WriteLine($"NuGet.Packaging {typeof(PackageArchiveReader).Assembly.GetName().Version}");
    Console.WriteLine($"GetFilesAsync: {reader.GetFilesAsync(cancelled).Status}");
    Console.WriteLine($"GetNuspecAsync: {reader.GetNuspecAsync(cancelled).Status}");
    Console.WriteLine($"GetLibItemsAsync: {reader.GetLibItemsAsync(cancelled).Status}");
}
finally
{
    File.Delete(file);
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
for line in 'GetFilesAsync: RanToCompletion' 'GetNuspecAsync: RanToCompletion' 'GetLibItemsAsync: RanToCompletion'; do
    grep -qF "$line" <<< "$output" || { echo "Changed: no line matches '$line'"; exit 1; }
done
echo "As described."
