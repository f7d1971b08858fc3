using LongPolling;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Reporting;

if (args is ["server", var form, var version])
{
    IService service = form == "before" ? new LongPolling.Before.Service() : new LongPolling.After.Service();
    await Server.RunAsync(service, version == "1" ? HttpProtocols.Http1 : HttpProtocols.Http2);
    return;
}

var run = new SampleRun("LongPolling", args);
var clients = run.Number("--clients", run.Quick ? 200 : 10_000);
var http = run.Number("--http", 2);
var outcome = await Measurement.RunAsync(clients, clients, http, TimeSpan.FromSeconds(run.Quick ? 1 : 10));

var load = new ResultTable("form", "long polls", "sockets", "connected, s", "server, MB", "KB per client", "server threads",
    "CPU while idle, %", "slowest message to all, ms");
var stop = new ResultTable("form", "messages received", "polls answered at the end", "sockets closed by handshake", "broken off",
    "stop, s");
foreach (var one in outcome.Forms)
{
    var (first, last) = (one.Steps[0], one.Steps[^1]);
    load.Add(one.Form, one.Polls, one.Sockets, one.ConnectSeconds, last.Megabytes, (last.Megabytes - first.Megabytes) * 1024 / last.Clients,
        last.Threads, one.IdleCpuPercent, one.SlowestMessageMs);
    stop.Add(one.Form, one.Tally.Messages, one.Tally.PollsEnded, one.Tally.ClosedByHandshake, one.Tally.BrokenOff, one.StopSeconds);
}

var steps = new ResultTable(["clients", .. outcome.Forms.SelectMany(one => (string[])[$"{one.Form}, MB", $"{one.Form}, threads"])]);
for (var i = 0; i < outcome.Forms[0].Steps.Count; i++)
    steps.Add([outcome.Forms[0].Steps[i].Clients,
        .. outcome.Forms.SelectMany(one => (object[])[one.Steps[i].Megabytes, one.Steps[i].Threads])]);

run.Show(
    $"Measured: {clients:#,0} long-polling clients (HTTP/{http}) and {clients:#,0} clients with a WebSocket in one `TaskGroup`, "
        + $"against a server in a process of its own; {outcome.Forms[0].Messages} messages to all, then the server is asked to stop.",
    outcome,
    Chart.Lines(
        "Memory of the server",
        "clients, half of them long-polling, half with a socket",
        "MB",
        [.. outcome.Forms.Select(one => (one.Form, one.Steps.Select(step => ((double)step.Clients, step.Megabytes))))]),
    load,
    steps,
    stop);
