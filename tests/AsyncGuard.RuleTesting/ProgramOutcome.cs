using System;
using System.Collections.Immutable;

namespace AsyncGuard.RuleTesting;

/// <summary>How a test's program ended.</summary>
/// <param name="Result">What it returned.</param>
/// <param name="Error">What it threw.</param>
/// <param name="Log">What it noted and which of its work ran to its end, sorted.</param>
/// <param name="Running">How much of its work was still running when it returned.</param>
internal sealed record ProgramOutcome(object? Result, Exception? Error, ImmutableArray<string> Log, int Running);
