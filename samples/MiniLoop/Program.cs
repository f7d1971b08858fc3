using MiniLoop;
using Reporting;

var run = new SampleRun("MiniLoop", args);
var results = Comparison.Run(run.Number("--sleeps", 10), TimeSpan.FromMilliseconds(run.Quick ? 100 : 1000));

var tour = new ResultTable("ms", "on the loop", "thread");
foreach (var step in results.Tour) tour.Add(step.AtMs, step.What, step.Thread);

var sleeps = new ResultTable("form", "sleeps", "of ms", "elapsed, ms", "turns of the loop", "CPU, ms");
foreach (var one in results.Sleeps) sleeps.Add(one.Form, one.Sleeps, one.DelayMs, one.ElapsedMs, one.Turns, one.CpuMs);

var greetings = new ResultTable("form", "order", "reported by the debug mode");
foreach (var one in results.Greetings) greetings.Add(one.Form, one.Order, one.Reported);

run.Show(
    "Measured: a tour of the loop; sleeps side by side on one loop, written in two ways; "
        + "a coroutine that pauses while other work is due, under the loop's debug mode.",
    results,
    Chart.Bars(
        $"{results.Sleeps[0].Sleeps} sleeps of {results.Sleeps[0].DelayMs} ms side by side",
        "count, ms",
        logarithmic: true,
        ["turns of the loop", "elapsed, ms", "CPU, ms"],
        [.. results.Sleeps.Select(one => (one.Form, (IReadOnlyList<double>)[one.Turns, one.ElapsedMs, Math.Max(1, one.CpuMs)]))]),
    tour,
    sleeps,
    greetings);
