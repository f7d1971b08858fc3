using System.ComponentModel;
using Spectre.Console.Cli;

namespace AsyncGuard.Cli.Commands;

internal sealed class FixSettings : TargetSettings
{
    [CommandOption("--safe-only")]
    [Description("Leaves out the fixes whose title ends in '(review)'")]
    public bool SafeOnly { get; init; }

    [CommandOption("--dry-run")]
    [Description("Prints the changes and writes nothing")]
    public bool DryRun { get; init; }
}
