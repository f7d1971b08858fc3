using System.Text.Json;
using Reporting;
using Streaming;

if (args is ["download", var form, var source, var megabytes])
{
    Console.WriteLine(JsonSerializer.Serialize(await Measurement.DownloadAsync(form, new Uri(source), int.Parse(megabytes))));
    return;
}

var run = new SampleRun("Streaming", args);
var outcome = await Measurement.RunAsync(run.Quick ? [8, 48] : [16, 64, 128, 256]);

var table = new ResultTable("form", "file, MB", "peak of the process, MB", "peak of the heap, MB", "seconds", "arrived whole");
foreach (var one in outcome.Downloads.OrderBy(one => Array.IndexOf(Measurement.Forms, one.Form)))
    table.Add(one.Form, one.Megabytes, one.PeakProcessMegabytes, one.PeakHeapMegabytes, one.Seconds,
        one.Hash == outcome.Hashes[one.Megabytes] ? "yes" : "no");

run.Show(
    "Measured: downloads into a target that takes a chunk of 64 KB in about a millisecond, each in a process of its own; "
        + "its peak memory as the system counts it, and the heap every 10 ms.",
    outcome,
    Chart.Lines(
        "Peak memory of a download",
        "size of the file, MB",
        "peak of the process, MB",
        [.. Measurement.Forms.Select(name =>
            (name, outcome.Downloads.Where(one => one.Form == name).Select(one => ((double)one.Megabytes, one.PeakProcessMegabytes))))]),
    table);
