using Npgsql;
using Reporting;
using UserProfile;

if (Environment.GetEnvironmentVariable("ASYNCGUARD_POSTGRES") is not { Length: > 0 } connection)
{
    Console.Error.WriteLine("ASYNCGUARD_POSTGRES has to hold the connection string of a PostgreSQL server; "
        + "samples/UserProfile/README.md says how to start one.");
    return 1;
}

var run = new SampleRun("UserProfile", args);
await using var database = NpgsqlDataSource.Create(connection);
await using var service = await AvatarService.StartAsync(CancellationToken.None);
using var client = new HttpClient();
var outcome = await new Comparison(database, client, service.Url).RunAsync(
    withDelays: run.Quick ? 5 : 100, withoutDelays: run.Quick ? 50 : 2000, failures: run.Quick ? 3 : 9,
    queryBeforeFailure: run.Quick ? 1000 : 80);

var table = new ResultTable("delays", "form", "requests", "median, ms", "p95, ms", "p99, ms", "median against sequence");
foreach (var one in outcome.Latencies)
{
    var sequence = outcome.Latencies.Single(other => other.Delays == one.Delays && other.Form == "after, in sequence");
    table.Add(one.Delays, one.Form, one.Requests, one.Median, one.P95, one.P99, $"{100 * ((one.Median / sequence.Median) - 1):+0;-0;0} %");
}

var failures = new ResultTable("form", "the service fails at once: the caller knows after ms (median)", "exception");
foreach (var one in outcome.Failures) failures.Add(one.Form, one.AfterMs, one.Exception);

var settings = outcome.Latencies.Select(one => one.Delays).Distinct().ToList();
run.Show(
    "Measured: the time from call to profile, one call at a time, the forms in turn; "
        + "with a delay in the query (`pg_sleep`) and in the service, and without.",
    outcome,
    Chart.Bars(
        "Time to load a profile",
        "ms",
        logarithmic: true,
        [.. settings.SelectMany(delays => (string[])[$"median, delays: {delays}", $"p99, delays: {delays}"])],
        [.. outcome.Latencies.GroupBy(one => one.Form).Select(form =>
            (form.Key, (IReadOnlyList<double>)[.. form.SelectMany(one => (double[])[one.Median, one.P99])]))]),
    table,
    failures);
return 0;
