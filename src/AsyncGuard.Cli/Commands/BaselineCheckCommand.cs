using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Cli.Auditing;
using AsyncGuard.Cli.Baselines;
using AsyncGuard.Cli.Loading;
using Spectre.Console.Cli;

namespace AsyncGuard.Cli.Commands;

/// <summary><c>asyncguard baseline check</c></summary>
internal sealed class BaselineCheckCommand : AsyncCommand<TargetSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, TargetSettings settings, CancellationToken cancellationToken)
    {
        using var loaded = await SolutionLoader.LoadAsync(settings.ToLoadOptions(), Console.Error, cancellationToken).ConfigureAwait(false);
        var result = await Audit.RunAsync(loaded, settings.RuleIds, Console.Error, cancellationToken).ConfigureAwait(false);
        var unused = 0;
        var incomplete = result.Failures.Select(failure => ProjectFiles.BaselineOf(failure.Project)).ToHashSet(StringComparer.Ordinal);
        foreach (var file in BaselineFiles.Of(loaded, result, settings.RuleIds))
        {
            if (incomplete.Contains(file.Path)) continue;
            foreach (var line in file.Unused())
            {
                unused++;
                Console.WriteLine($"{file.Path}: no longer needed: {line}");
            }
        }

        foreach (var failure in result.Failures) Console.Error.WriteLine($"error: {failure.Project} could not be loaded: {failure.Reason}");
        Console.WriteLine(unused == 0 ? "Every line of the baselines is needed."
            : $"{unused} lines are no longer needed; 'asyncguard baseline write' removes them.");
        if (unused > 0) return ExitCode.Findings;
        return result.Failures.Count > 0 && !settings.AllowUnloaded ? ExitCode.Failed : ExitCode.Clean;
    }
}
