using BlockedEndpoint;
using Reporting;

if (args is ["service", ..])
{
    await Service.RunAsync(isMonitored: args.Contains("--monitor"));
    return;
}

var run = new SampleRun("BlockedEndpoint", args);
using var client = new HttpClient();
var outcome = await new Load(client).RunAsync(
    run.Quick ? ["synchronous", "result"] : Load.Endpoints,
    run.Number("--clients", 64),
    TimeSpan.FromSeconds(run.Number("--seconds", run.Quick ? 2 : 10)));

var load = new ResultTable("endpoint", "form", "answers per second", "median, ms", "p99, ms", "ping p99, ms", "most threads");
foreach (var one in outcome.Load) load.Add(one.Endpoint, one.Form, one.PerSecond, one.P50, one.P99, one.PingP99, one.Threads);

var named = new ResultTable("endpoint", "form", "`SlowCallbackMonitor`, limit 15 ms");
foreach (var one in outcome.Monitor) named.Add(one.Endpoint, one.Form, one.Reports.Count == 0 ? "–" : string.Join("<br>", one.Reports));

run.Show(
    $"Measured: {outcome.Load[0].Clients} clients in another process that ask again as soon as they have an answer, "
        + "while another pings an endpoint that does nothing; threads of the service as the system counts them.",
    outcome,
    Chart.Bars(
        $"Answers per second, {outcome.Load[0].Clients} clients",
        "answers per second",
        logarithmic: true,
        [.. outcome.Load.Select(one => one.Endpoint).Distinct()],
        [.. outcome.Load.GroupBy(one => one.Form).Select(form =>
            (form.Key, (IReadOnlyList<double>)[.. form.Select(one => one.PerSecond)]))]),
    load,
    named);
