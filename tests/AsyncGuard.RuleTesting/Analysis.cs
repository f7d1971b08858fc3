using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.RuleTesting;

/// <summary>A compilation with what the compiler and the analyzers report in it.</summary>
/// <param name="Compilation">The compilation.</param>
/// <param name="Shown">
/// What the library compiles: the compilation, or an empty one where the compiler reports nothing that a test has to expect.
/// </param>
/// <param name="Run">It has run, and answers at once.</param>
/// <param name="CompilerDiagnostics">All that the compiler reports.</param>
/// <param name="IsClean">Neither analyzers nor compiler report anything that a test has to expect.</param>
/// <param name="HasNonLocal">Whether something is reported only when all of the compilation is known.</param>
internal sealed record Analysis(Compilation Compilation, Compilation Shown, CompilationWithAnalyzers Run,
    ImmutableArray<Diagnostic> CompilerDiagnostics, bool IsClean, bool HasNonLocal)
{
    private int _reads;

    /// <summary>The library keeps a list of the diagnostics that are not local, and refuses one that it has seen already.</summary>
    public bool MayBeRead() => !HasNonLocal || Interlocked.Increment(ref _reads) == 1;
}
