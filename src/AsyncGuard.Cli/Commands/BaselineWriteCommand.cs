using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Cli.Auditing;
using AsyncGuard.Cli.Baselines;
using AsyncGuard.Cli.Loading;
using Spectre.Console.Cli;

namespace AsyncGuard.Cli.Commands;

/// <summary><c>asyncguard baseline write</c></summary>
internal sealed class BaselineWriteCommand : AsyncCommand<TargetSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, TargetSettings settings, CancellationToken cancellationToken)
    {
        using var loaded = await SolutionLoader.LoadAsync(settings.ToLoadOptions(), Console.Error, cancellationToken).ConfigureAwait(false);
        var result = await Audit.RunAsync(loaded, settings.RuleIds, Console.Error, cancellationToken).ConfigureAwait(false);
        foreach (var failure in result.Failures) Console.Error.WriteLine($"error: {failure.Project} could not be loaded: {failure.Reason}");
        if (result.Failures.Count > 0 && !settings.AllowUnloaded)
        {
            Console.Error.WriteLine("Nothing was written; '--allow-unloaded' writes the baselines of the other projects.");
            return ExitCode.Failed;
        }

        var incomplete = result.Failures.Select(failure => ProjectFiles.BaselineOf(failure.Project)).ToHashSet(StringComparer.Ordinal);
        foreach (var file in BaselineFiles.Of(loaded, result, settings.RuleIds))
        {
            if (incomplete.Contains(file.Path)) continue;
            await file.WriteAsync(cancellationToken).ConfigureAwait(false);
            Console.WriteLine($"{file.Path}: {file.Lines.Length} lines");
        }

        return ExitCode.Clean;
    }
}
