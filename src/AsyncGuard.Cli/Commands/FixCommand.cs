using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Cli.Fixing;
using AsyncGuard.Cli.Loading;
using AsyncGuard.Cli.Reports;
using Spectre.Console.Cli;

namespace AsyncGuard.Cli.Commands;

/// <summary><c>asyncguard fix</c></summary>
internal sealed class FixCommand : AsyncCommand<FixSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, FixSettings settings, CancellationToken cancellationToken)
    {
        using var loaded = await SolutionLoader.LoadAsync(settings.ToLoadOptions(), Console.Error, cancellationToken).ConfigureAwait(false);
        var run = new FixRun(loaded, settings.RuleIds, settings.SafeOnly, Console.Error);
        var changes = await run.RunAsync(cancellationToken).ConfigureAwait(false);

        foreach (var change in changes)
        {
            var diff = change.Diff(loaded.Root);
            Console.Write(Console.IsOutputRedirected ? diff : TerminalText.Of(diff));
        }

        // A caller that was not loaded is not edited along with what it calls.
        var refused = loaded.Failures.Count > 0 && !settings.AllowUnloaded;
        var written = !settings.DryRun && !refused;
        if (written) await FileWriter.WriteAsync(changes, cancellationToken).ConfigureAwait(false);

        foreach (var note in run.Notes) Console.Error.WriteLine("note: " + note);
        foreach (var failure in loaded.Failures) Console.Error.WriteLine($"not loaded: {failure.Project}: {failure.Reason}");
        var fixes = run.Applied.Values.Sum();
        foreach (var (rule, count) in run.Applied) Console.Error.WriteLine($"{rule}: {count} fixed");
        Console.Error.WriteLine($"{fixes} findings fixed in {changes.Count} files{(written ? "" : "; nothing was written")}");
        if (refused && !settings.DryRun) Console.Error.WriteLine("'--allow-unloaded' fixes the projects that could be loaded.");
        return refused ? ExitCode.Failed : ExitCode.Clean;
    }
}
