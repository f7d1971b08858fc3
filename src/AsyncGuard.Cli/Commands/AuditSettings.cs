using System.ComponentModel;
using Spectre.Console.Cli;

namespace AsyncGuard.Cli.Commands;

internal sealed class AuditSettings : TargetSettings
{
    [CommandOption("--sarif <FILE>")]
    [Description("Writes the findings as SARIF 2.1.0, one file for the whole solution")]
    public string? Sarif { get; init; }

    [CommandOption("--html <FILE>")]
    [Description("Writes a report that is one file and needs no network")]
    public string? Html { get; init; }

    [CommandOption("--fail-on <SEVERITY>")]
    [Description("Exits with 1 where there are findings of this severity or above: never, error, warning (default), info")]
    public FailOn FailOn { get; init; } = FailOn.Warning;

    [CommandOption("--all")]
    [Description("Prints findings that stand in a baseline as well")]
    public bool All { get; init; }
}
