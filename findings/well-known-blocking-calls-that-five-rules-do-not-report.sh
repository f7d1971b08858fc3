#!/usr/bin/env bash
# SDK 10.0.401 (CA1849), Microsoft.VisualStudio.Threading.Analyzers 18.12.1 (VSTHRD103), AsyncFixer 2.1.0 (AsyncFixer02), Meziantou.Analyzer 3.0.321 (MA0042), SonarAnalyzer.CSharp 10.36.0.15337 (S6966): which calls they know.
# The guess: what everyone calls blocking is on the lists: sending a mail, a ping, Task.WaitAll, XDocument.Load, BlockingCollection.Take.
# Seen: SmtpClient.Send, Ping.Send and XDocument.Load are reported by none, although each has an awaitable counterpart; nor are ToBlockingEnumerable, BlockingCollection.Take and ManualResetEventSlim.Wait. Task.WaitAll is reported by AsyncFixer02 and VSTHRD103, Thread.Sleep by CA1849 and MA0042, Socket.Receive by S6966 and VSTHRD103.
# Why the guess misses it: the rules look for a member of the same name and parameters with "Async" behind. SendMailAsync and SendPingAsync have another name, XDocument.LoadAsync wants options and a token that Load does not have, and the others have no counterpart at all.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > .editorconfig <<'CONFIG'
root = true
[*.cs]
dotnet_diagnostic.CA1849.severity = warning
dotnet_diagnostic.VSTHRD103.severity = warning
dotnet_diagnostic.AsyncFixer02.severity = warning
dotnet_diagnostic.MA0042.severity = warning
dotnet_diagnostic.S6966.severity = warning
CONFIG
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:property EnableNETAnalyzers=true
#:property RunAnalyzersDuringBuild=true
#:package Microsoft.VisualStudio.Threading.Analyzers@18.12.1
#:package AsyncFixer@2.1.0
#:package Meziantou.Analyzer@3.0.321
#:package SonarAnalyzer.CSharp@10.36.0.15337
using System.Collections.Concurrent;
using System.Net.Mail;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Xml.Linq;

await Task.CompletedTask;

public sealed class Sample
{
    public async Task Calls(SmtpClient smtp, MailMessage mail, Ping ping, Stream stream, IAsyncEnumerable<int> items, BlockingCollection<int> collection, ManualResetEventSlim gate, Task task, Socket socket)
    {
        await Task.Yield();
        smtp.Send(mail);  // SmtpClient.Send
        ping.Send("localhost");  // Ping.Send
        XDocument.Load(stream);  // XDocument.Load
        items.ToBlockingEnumerable().Count();  // ToBlockingEnumerable
        collection.Take();  // BlockingCollection.Take
        gate.Wait();  // ManualResetEventSlim.Wait
        Task.WaitAll(task);  // Task.WaitAll
        Thread.Sleep(10);  // Thread.Sleep
        socket.Receive(new byte[10]);  // Socket.Receive
        socket.Accept();  // Socket.Accept
    }
}
PROGRAM
output=$(dotnet build program.cs 2>&1) || { echo "$output"; exit 1; }
echo "SDK $(dotnet --version)"
result=$(grep -n '  // ' program.cs | while IFS=: read -r number text; do
    rules=$(grep -oE "program\.cs\($number,[0-9]+\): warning (CA1849|VSTHRD103|AsyncFixer02|MA0042|S6966)" <<< "$output" | sed 's/.* //' | sort -u | tr '\n' ' ' || true)
    echo "${text##*  // }: ${rules:-none}"
done)
echo "$result"
grep -qE '^SmtpClient.Send: none' <<< "$result" || { echo "Changed: no line matches '^SmtpClient.Send: none'"; exit 1; }
grep -qE '^Ping.Send: none' <<< "$result" || { echo "Changed: no line matches '^Ping.Send: none'"; exit 1; }
grep -qE '^XDocument.Load: none' <<< "$result" || { echo "Changed: no line matches '^XDocument.Load: none'"; exit 1; }
grep -qE '^ToBlockingEnumerable: none' <<< "$result" || { echo "Changed: no line matches '^ToBlockingEnumerable: none'"; exit 1; }
grep -qE '^BlockingCollection.Take: none' <<< "$result" || { echo "Changed: no line matches '^BlockingCollection.Take: none'"; exit 1; }
grep -qE '^ManualResetEventSlim.Wait: none' <<< "$result" || { echo "Changed: no line matches '^ManualResetEventSlim.Wait: none'"; exit 1; }
grep -qE '^Task.WaitAll: AsyncFixer02 VSTHRD103 $' <<< "$result" || { echo "Changed: no line matches '^Task.WaitAll: AsyncFixer02 VSTHRD103 $'"; exit 1; }
grep -qE '^Thread.Sleep: CA1849 MA0042 $' <<< "$result" || { echo "Changed: no line matches '^Thread.Sleep: CA1849 MA0042 $'"; exit 1; }
grep -qE '^Socket.Receive: S6966 VSTHRD103 $' <<< "$result" || { echo "Changed: no line matches '^Socket.Receive: S6966 VSTHRD103 $'"; exit 1; }
grep -qE '^Socket.Accept: AsyncFixer02 CA1849 MA0042 S6966 VSTHRD103' <<< "$result" || { echo "Changed: no line matches '^Socket.Accept: AsyncFixer02 CA1849 MA0042 S6966 VSTHRD103'"; exit 1; }
echo "As described."
