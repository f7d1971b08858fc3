using Reporting;
using Workers;

var run = new SampleRun("Workers", args);
var results = await Comparison.RunAsync(run.Number("--orders", run.Quick ? 20 : 60));

var table = new ResultTable("form", "workers", "orders", "work, ms", "elapsed, ms", "most orders waiting", "most at once",
    "workers at the end");
foreach (var one in results.Runs)
    table.Add(one.Form, one.Workers, one.Orders, one.WorkMs, one.ElapsedMs, one.MostWaiting, one.MostAtOnce, one.HowWorkersEnded);

var failures = new ResultTable("form", "when order 7 cannot be handled, the caller");
foreach (var one in results.Failures) failures.Add(one.Form, one.Outcome);

run.Show(
    "Measured: the same orders (10 to 100 ms each, arriving without a pause) through both pipelines; how many wait is read every 5 ms.",
    results,
    Chart.Lines(
        "Orders waiting for three workers",
        "ms since the start",
        "orders waiting",
        [.. results.Runs.Where(one => one.Workers == 3).Select(one => (
            one.Form == "before" ? "before: unlimited channel" : $"after: queue of {Comparison.Capacity}",
            one.Waiting.Select(sample => (sample.AtMs, (double)sample.Waiting))))]),
    table,
    failures);
