using System.Globalization;
using AsyncGuard.Benchmarks.Ratios;
using AsyncGuard.Benchmarks.Speed;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

if (args is ["--ratios", .. var rest])
{
    await RatioRun.RunAsync(Sides.All, rest.Length > 0 && rest[0] != "*" ? rest[0] : null,
        rest.Length > 1 ? double.Parse(rest[1], CultureInfo.InvariantCulture) : 1);
    return;
}

if (args is ["speed", .. var projects])
{
    await SpeedCommand.RunAsync(projects);
    return;
}

// In this process: the installed BenchmarkDotNet does not know how to build for the newest runtime.
var config = ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(Job.Default.WithWarmupCount(4).WithIterationCount(25).WithIterationTime(TimeInterval.FromMilliseconds(150))
    .WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddExporter(MarkdownExporter.GitHub);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
