namespace AsyncGuard.Cli.Auditing;

/// <summary>A call that blocks, or holds the thread, at the end of call paths: one change there fixes all places that lead to it.</summary>
/// <param name="Path">Where it stands, relative to the solution's folder.</param>
/// <param name="Line">The line of the call, counted from 1.</param>
/// <param name="Code">The line of code.</param>
/// <param name="Places">How many open findings have a path that ends there.</param>
internal sealed record Cause(string Path, int Line, string Code, int Places);
