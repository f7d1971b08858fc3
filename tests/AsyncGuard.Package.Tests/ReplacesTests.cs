using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Package.Tests;

/// <summary>Beside the packages that report the same, AsyncGuardReplaces leaves one report for each place.</summary>
public sealed partial class ReplacesTests(PackageFeed feed)
{
    // Each line is a fault that AsyncGuard and at least one of the others report.
    private const string Code =
        """
        #nullable disable
        public static class Duplicates
        {
            public static async Task Sleep() { await Task.Yield(); Thread.Sleep(1000); }
            public static async Task<int> Wait(Task<int> task) { await Task.Yield(); return task.Result; }
            public static async Task<string> Read() { await Task.Yield(); return File.ReadAllText("a"); }
            public static async Task Acquire(SemaphoreSlim gate) { gate.Wait(); await Task.Yield(); }
            public static int Sync(Task<int> task) { return task.Result; }
            public static async Task Using() { using (Open()) { await Task.Yield(); } }
            public static void Drop() { Task.Delay(1); }
            public static async void Void() { await Task.Yield(); }
            public static void Each(List<int> items) { items.ForEach(async item => await Task.Delay(item)); }
            public static async Task Any(Task task) { if (await Task.WhenAny(task, Task.Delay(1000)) != task) throw new TimeoutException(); await task; }
            public static async Task Nested() { await Task.Factory.StartNew(async () => await Task.Delay(1)); }
            public static Task Outlives() { using var stream = new MemoryStream(); return Use(stream); }
            public static Task<string> Try(HttpClient client) { try { return client.GetStringAsync("x"); } catch (HttpRequestException) { throw; } }
            public static async Task<string> Get(HttpClient client, CancellationToken token) { token.ThrowIfCancellationRequested(); return await client.GetStringAsync("a"); }
            public static async Task Iterate(IAsyncEnumerable<int> items, CancellationToken token) { token.ThrowIfCancellationRequested(); await foreach (var item in items) { Console.WriteLine(item); } }
            public static Task<string> Null() { return null; }
            public static async Task<int> Twice(Func<ValueTask<int>> load) { var work = load(); await work; return await work; }
            public static async Task Dispose() { using var file = new FileStream("a", FileMode.Open); await file.WriteAsync(new byte[1]); }
            public static async Task<int> NoAwait() { return 1; }
            private static Task<FileStream> Open() => Task.Run(() => File.OpenRead("a"));
            private static Task Use(Stream stream) => stream.FlushAsync();
        }
        """;

    private static readonly string[] Names = ["CA", "VSTHRD", "MA", "Sonar", "AsyncFixer", "Roslynator", "IDE"];

    [Fact]
    public async Task Duplicates_GoAway_AndAsyncGuardStillReportsEachPlace()
    {
        var replaced = Names.ToDictionary(name => name, ReplacedBy);
        var ids = replaced.Values.SelectMany(all => all).Distinct().ToList();
        var project = feed.NewProject("Duplicates", ("Duplicates.cs", Code));

        // As if the project had switched all of them on, by AnalysisMode or a shared configuration.
        project.Write("on.globalconfig",
            "is_global = true\nglobal_level = -80\n" + string.Concat(ids.Select(id => $"dotnet_diagnostic.{id}.severity = warning\n")));
        project.Write("Directory.Build.props", """
            <Project>
              <PropertyGroup><EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild><AsyncGuardPreset>strict</AsyncGuardPreset></PropertyGroup>
              <ItemGroup>
                <GlobalAnalyzerConfigFiles Include="on.globalconfig" />
                <PackageReference Include="Microsoft.VisualStudio.Threading.Analyzers" Version="18.12.1" PrivateAssets="all" />
                <PackageReference Include="AsyncFixer" Version="2.1.0" PrivateAssets="all" />
                <PackageReference Include="Meziantou.Analyzer" Version="3.0.321" PrivateAssets="all" />
                <PackageReference Include="SonarAnalyzer.CSharp" Version="10.36.0.15337" PrivateAssets="all" />
                <PackageReference Include="Microsoft.CodeAnalysis.NetAnalyzers" Version="11.0.100" PrivateAssets="all" />
                <PackageReference Include="Roslynator.Analyzers" Version="5.0.1" PrivateAssets="all" />
              </ItemGroup>
            </Project>
            """);

        var before = Lines(await project.BuildAsync());
        Assert.All(ids, id => Assert.True(before.Any(finding => finding.Id == id), $"{id} is in the table and reports nothing here"));
        Assert.All(
            before.Where(finding => ids.Contains(finding.Id)),
            finding => Assert.True(before.Any(ours => ours.Line == finding.Line && IsOurs(ours.Id)),
                $"{finding.Id} reports line {finding.Line} of Duplicates.cs, AsyncGuard does not"));

        var after = Lines(
            await project.BuildAsync("--no-restore", "-p:AsyncGuardReplaces=ca%2c VSTHRD%2cma%2cSonar%2cAsyncFixer%2cRoslynator%2cIDE"));
        Assert.DoesNotContain(after, finding => ids.Contains(finding.Id));
        Assert.Equal(before.Where(finding => IsOurs(finding.Id)), after.Where(finding => IsOurs(finding.Id)));

        // One name takes its own rules only, and what the user says of one of them wins.
        project.Write(".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.VSTHRD100.severity = warning");
        var one = Lines(await project.BuildAsync("--no-restore", "-p:AsyncGuardReplaces=VSTHRD%2cFxCop"));
        Assert.Equal(["VSTHRD100"], one.Select(finding => finding.Id).Intersect(replaced["VSTHRD"]));
        Assert.Equal(ids.Except(replaced["VSTHRD"]).Order(StringComparer.Ordinal),
            one.Select(finding => finding.Id).Intersect(ids).Except(["VSTHRD100"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Name_ThatIsUnknown_IsAnsweredByAWarning() =>
        Assert.Contains(
            "AsyncGuardReplaces names 'fxcop'; expected CA,",
            (await feed.NewProject("Unknown", ("A.cs", "class A;"))
                .BuildAsync("-p:AsyncGuardReplaces=CA%2cFxCop")).RequireSuccess().Output);

    private List<string> ReplacedBy(string name)
    {
        using var package = feed.OpenPackage();
        using var text = new StreamReader(package.GetEntry($"replaces/{name.ToLowerInvariant()}.globalconfig")!.Open());
        return [.. Setting().Matches(text.ReadToEnd()).Select(match => match.Groups[1].Value)];
    }

    private static bool IsOurs(string id) => id.StartsWith("AGD", StringComparison.Ordinal);

    private static List<(int Line, string Id)> Lines(CommandResult build) =>
        [.. Finding().Matches(build.RequireSuccess().Output).Select(match => (int.Parse(match.Groups[1].Value), match.Groups[2].Value))
        .Distinct().Order()];

    [GeneratedRegex(@"Duplicates\.cs\((\d+),\d+\): warning (\w+):")]
    private static partial Regex Finding();

    [GeneratedRegex(@"dotnet_diagnostic\.(\w+)\.severity = none")]
    private static partial Regex Setting();
}
