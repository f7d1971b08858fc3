using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Cli.Auditing;
using AsyncGuard.Cli.Loading;
using AsyncGuard.Cli.Reports;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AsyncGuard.Cli.Commands;

/// <summary><c>asyncguard audit</c></summary>
internal sealed class AuditCommand : AsyncCommand<AuditSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, AuditSettings settings, CancellationToken cancellationToken)
    {
        using var loaded = await SolutionLoader.LoadAsync(settings.ToLoadOptions(), Console.Error, cancellationToken).ConfigureAwait(false);
        var result = await Audit.RunAsync(loaded, settings.RuleIds, Console.Error, cancellationToken).ConfigureAwait(false);

        ConsoleReport.Write(AnsiConsole.Console, result, settings.All);
        if (settings.Sarif is { } sarif)
            await ReportFile.WriteAsync(sarif, stream => SarifReport.WriteAsync(stream, result, cancellationToken)).ConfigureAwait(false);
        if (settings.Html is { } html)
            await ReportFile.WriteAsync(html,
                stream => HtmlReport.WriteAsync(stream, result, Path.GetFileName(settings.ToLoadOptions().Path), cancellationToken))
                    .ConfigureAwait(false);

        if (settings.FailOn.IsReachedBy(result)) return ExitCode.Findings;
        return result.Failures.Count > 0 && !settings.AllowUnloaded ? ExitCode.Failed : ExitCode.Clean;
    }
}
