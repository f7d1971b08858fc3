#!/usr/bin/env bash
# AngleSharp 1.10.3: OpenAsync with a document in memory, and ParseDocumentAsync over a stream that is there, hold their caller for the whole parse.
# The guess: a browsing context has tasks and an event loop of its own, so that OpenAsync returns at once and parses elsewhere.
# Seen: the call returns after all of the document has been parsed, with a task that is complete. Only where the bytes are not there yet does it return before.
# Why the guess misses it: what is awaited is the source of the text, never the parser. A large page costs the thread of a request, or of the user interface, as much as the synchronous ParseDocument.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package AngleSharp@1.10.3
using System.Diagnostics;
using System.Text;
using AngleSharp;
using AngleSharp.Html.Parser;

Console.WriteLine($".NET {Environment.Version}, AngleSharp {typeof(BrowsingContext).Assembly.GetName().Version}");
var text = new StringBuilder("<html><body>");
for (var i = 0; i < 100_000; i++) text.Append("<p class=\"row\">Row ").Append(i).Append("</p>");
var page = text.ToString();

// What only the first run compiles.
_ = await BrowsingContext.New().OpenAsync(request => request.Content(page));

var watch = Stopwatch.StartNew();
var opening = BrowsingContext.New().OpenAsync(request => request.Content(page));
Say("OpenAsync", watch.ElapsedMilliseconds, opening);
await opening;

using var stream = new MemoryStream(Encoding.UTF8.GetBytes(page));
watch.Restart();
var parsing = new HtmlParser().ParseDocumentAsync(stream, CancellationToken.None);
Say("ParseDocumentAsync", watch.ElapsedMilliseconds, parsing);
await parsing;

static void Say(string name, long held, Task task) =>
    Console.WriteLine($"{name}: {(held > 50 ? "held its caller" : "returned at once")}, {(task.IsCompleted ? "complete" : "not complete")} ({held} ms)");
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^OpenAsync: held its caller, complete' <<< "$output" || { echo "Changed: no line matches '^OpenAsync: held its caller, complete'"; exit 1; }
grep -qE '^ParseDocumentAsync: held its caller, complete' <<< "$output" || { echo "Changed: no line matches '^ParseDocumentAsync: held its caller, complete'"; exit 1; }
echo "As described."
