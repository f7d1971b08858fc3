using System;
using System.Threading;
using AsyncGuard.Cli.Commands;
using Spectre.Console.Cli;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

var app = new CommandApp();
app.Configure(configuration =>
{
    configuration.SetApplicationName("asyncguard");
    configuration.SetApplicationVersion(typeof(AuditCommand).Assembly.GetName().Version!.ToString(3));
    // A misspelt '--dry-run' writes nothing.
    configuration.UseStrictParsing();
    configuration.SetExceptionHandler((exception, _) => ExitCode.Of(exception));
    configuration.AddCommand<AuditCommand>("audit")
        .WithDescription("Reports the async findings of a solution, project or folder; changes nothing outside 'obj'")
        .WithExample("audit", "App.slnx", "--sarif", "asyncguard.sarif", "--html", "asyncguard.html");
    configuration.AddCommand<FixCommand>("fix")
        .WithDescription("Applies the fixes of all rules until nothing is left to fix")
        .WithExample("fix", "App.slnx", "--rules", "AGD0103,AGD0301", "--safe-only", "--dry-run");
    configuration.AddBranch("baseline", baseline =>
    {
        baseline.SetDescription("Accepts today's findings, so that only new ones are reported");
        baseline.AddCommand<BaselineWriteCommand>("write").WithDescription("Writes AsyncGuardBaseline.txt beside each project");
        baseline.AddCommand<BaselineCheckCommand>("check")
            .WithDescription("Names the lines of the baselines that match no finding any more");
    });
});

return await app.RunAsync(args, stop.Token).ConfigureAwait(false);
