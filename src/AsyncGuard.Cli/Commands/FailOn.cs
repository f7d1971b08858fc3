namespace AsyncGuard.Cli.Commands;

/// <summary>From which severity on findings make an audit fail.</summary>
internal enum FailOn
{
    Never,
    Error,
    Warning,
    Info,
}
