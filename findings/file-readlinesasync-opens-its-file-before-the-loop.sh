#!/usr/bin/env bash
# .NET 10: File.ReadLinesAsync opens its file when it is called, not when it is enumerated.
# The guess: it is an async iterator, so that nothing happens before "await foreach": no handle is open, and a missing file throws in the loop.
# Seen: the call itself throws FileNotFoundException; twenty sequences that are never enumerated hold twenty open handles. An async iterator of one's own opens nothing. A second enumeration of the same sequence opens the file again.
# Why the guess misses it: the method that one calls opens the reader and only then calls the iterator. A dictionary of sequences, or a method that returns early, keeps files open until the garbage collector comes, and the opening is synchronous.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
Console.WriteLine($".NET {Environment.Version}");
var path = Path.Combine(Directory.GetCurrentDirectory(), "lines.txt");
File.WriteAllLines(path, ["one", "two"]);
Show("File.ReadLinesAsync", file => File.ReadLinesAsync(file));
Show("an iterator of one's own", Lines);
var twice = File.ReadLinesAsync(path);
Console.WriteLine($"enumerated twice: {await twice.CountAsync()} and {await twice.CountAsync()} lines");

void Show(string name, Func<string, IAsyncEnumerable<string>> read)
{
    string missing;
    try
    {
        read(path + ".missing");
        missing = "nothing";
    }
    catch (FileNotFoundException exception)
    {
        missing = exception.GetType().Name;
    }

    var before = Open();
    var sequences = Enumerable.Range(0, 20).Select(_ => read(path)).ToList();
    Console.WriteLine($"{name}: a missing file throws {missing} in the call, {sequences.Count} sequences hold {Open() - before} handles");
    GC.KeepAlive(sequences);
}

// How many handles of this file the process has.
int Open() => Directory.GetFiles("/proc/self/fd").Count(link => new FileInfo(link).LinkTarget == path);

static async IAsyncEnumerable<string> Lines(string path)
{
    using var reader = new StreamReader(path);
    while (await reader.ReadLineAsync() is { } line) yield return line;
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^File.ReadLinesAsync: a missing file throws FileNotFoundException in the call, 20 sequences hold 20 handles' <<< "$output" || { echo "Changed: no line matches '^File.ReadLinesAsync: a missing file throws FileNotFoundException in the call, 20 sequences hold 20 handles'"; exit 1; }
grep -qE '^an iterator of one.s own: a missing file throws nothing in the call, 20 sequences hold 0 handles' <<< "$output" || { echo "Changed: no line matches '^an iterator of one.s own: a missing file throws nothing in the call, 20 sequences hold 0 handles'"; exit 1; }
grep -qE '^enumerated twice: 2 and 2 lines' <<< "$output" || { echo "Changed: no line matches '^enumerated twice: 2 and 2 lines'"; exit 1; }
echo "As described."
