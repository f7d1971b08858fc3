namespace AsyncGuard.Cli.Loading;

/// <summary>A project that could not be loaded, and why.</summary>
internal sealed record LoadFailure(string Project, string Reason);
