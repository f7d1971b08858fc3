namespace AsyncGuard.Cli.Auditing;

/// <summary>A step of a call path: where it stands and the line of code. Lines and columns count from 1.</summary>
internal sealed record Hop(string Path, int Line, int Column, string Code);
