using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.RuleTesting;

/// <summary>A diagnostic that a test expects, with its place resolved; <c>File</c> is null for one without a location.</summary>
internal sealed record ExpectedDiagnostic(DiagnosticResult Result, TestFile? File, TextSpan Span, ImmutableArray<(TestFile File, TextSpan Span)> AdditionalLocations)
{
    public bool Matches(Diagnostic actual) =>
        actual.Id == Result.Id
        && (File is null ? !actual.Location.IsInSource : IsAt(actual.Location, File, Span))
        && (Result.Severity is null || Result.Severity == actual.Severity)
        && (Result.MessageFor(actual.Descriptor) is not { } message || message == DiagnosticMatcher.MessageOf(actual))
        && (AdditionalLocations.IsEmpty
            || (AdditionalLocations.Length == actual.AdditionalLocations.Count
                && AdditionalLocations.Zip(actual.AdditionalLocations).All(pair => IsAt(pair.Second, pair.First.File, pair.First.Span))));

    private static bool IsAt(Location location, TestFile file, TextSpan span) => location.SourceTree?.FilePath == file.Path && location.SourceSpan == span;
}
