using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Code;

/// <summary>An order of members that does not depend on the order of the files: by the names of the files, then by place.</summary>
internal static class SourceOrder
{
    public static int Compare(ISymbol one, ISymbol other) => Compare(PlaceOf(one), PlaceOf(other));

    public static int Compare(SyntaxReference? one, SyntaxReference? other)
    {
        var files = string.CompareOrdinal(one?.SyntaxTree.FilePath, other?.SyntaxTree.FilePath);
        return files != 0 ? files : (one?.Span.Start ?? 0).CompareTo(other?.Span.Start ?? 0);
    }

    private static SyntaxReference? PlaceOf(ISymbol member) =>
        member.DeclaringSyntaxReferences.IsEmpty ? null : member.DeclaringSyntaxReferences[0];
}
