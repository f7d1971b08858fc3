using System.Runtime.InteropServices;
using System.Text.Json;

namespace Reporting;

/// <summary>What the command line of a sample asks for, and where its results go.</summary>
/// <remarks>
/// <c>--quick</c> measures briefly; <c>--output folder</c> is where the plot and the results as JSON go;
/// <c>--save</c> also puts the plot into <c>docs/samples</c> and the tables into the sample's README.
/// </remarks>
public sealed class SampleRun
{
    private const string Start = "<!-- results: written by --save -->\n";
    private const string End = "<!-- end of results -->";

    private readonly string _name;
    private readonly string[] _arguments;
    private readonly string _root = FindRoot();
    private readonly string _load = Load();

    public SampleRun(string name, string[] arguments)
    {
        _name = name;
        _arguments = arguments;
    }

    public bool Quick => _arguments.Contains("--quick");

    /// <summary>The value after an option of the sample's own.</summary>
    public int Number(string option, int fallback) => Value(option) is { } text ? int.Parse(text) : fallback;

    /// <summary>Prints the tables, draws the plot, stores the results.</summary>
    public void Show(string measured, object results, Chart chart, params ResultTable[] tables)
    {
        var text = $"{measured}\n\nOn {Machine()}{_load}. The numbers vary from run to run.\n\n{string.Join('\n', tables.AsEnumerable())}";
        var output = Value("--output") ?? Path.Combine(_root, "artifacts", "samples");
        Directory.CreateDirectory(output);
        var plot = Path.Combine(output, _name + ".svg");
        chart.Save(plot);
        File.WriteAllText(Path.Combine(output, _name + ".json"), JsonSerializer.Serialize(results, results.GetType()));
        Console.WriteLine($"{text}\nPlot: {plot}");

        if (_arguments.Contains("--save"))
        {
            chart.Save(Path.Combine(_root, "docs", "samples", _name + ".svg"));
            var page = Path.Combine(_root, "samples", _name, "README.md");
            var before = File.ReadAllText(page);
            var start = before.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
            File.WriteAllText(page, before[..start] + text + before[before.IndexOf(End, StringComparison.Ordinal)..]);
        }
    }

    private static string Machine() =>
        $"{RuntimeInformation.OSDescription.Split('\n')[0]}, {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} processors, "
            + $"{RuntimeInformation.FrameworkDescription}, {Configuration} build";

    // Other work on the machine, as the system reports it for the last minute.
    private static string Load() => File.Exists("/proc/loadavg")
        ? $"; load average before the run {File.ReadAllText("/proc/loadavg").Split(' ')[0]}" : "";

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AsyncGuard.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No AsyncGuard.sln above {AppContext.BaseDirectory}");
        return folder.FullName;
    }

    private string? Value(string option)
    {
        var index = Array.IndexOf(_arguments, option);
        return index >= 0 && index + 1 < _arguments.Length ? _arguments[index + 1] : null;
    }

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif
}
