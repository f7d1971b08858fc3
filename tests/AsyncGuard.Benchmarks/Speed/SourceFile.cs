using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Benchmarks.Speed;

/// <summary>One source of a code base.</summary>
internal sealed record SourceFile(string Path, SourceText Text, bool IsGenerated = false);
