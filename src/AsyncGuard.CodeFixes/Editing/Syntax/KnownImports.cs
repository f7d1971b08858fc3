using System.Linq;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Editing.Syntax;

/// <summary>Adds the <c>using</c> directive of a type that an edit writes, where its name means nothing yet.</summary>
internal static class KnownImports
{
    public static void AddTask(DocumentEdits edits, SyntaxNode place, FixContext fix) => Add(fix.Guard.Types.Task, edits, place, fix);

    public static void AddTimeSpan(DocumentEdits edits, SyntaxNode place, FixContext fix) =>
        Add(fix.Guard.Types.TimeSpan, edits, place, fix);

    public static void Add(INamedTypeSymbol? type, DocumentEdits edits, SyntaxNode place, FixContext fix) =>
        Add(type, edits, place, fix.Model);

    public static void Add(INamedTypeSymbol? type, DocumentEdits edits, SyntaxNode place, SemanticModel model)
    {
        // In front of the directives of a top-level program, the names that it uses are not known yet.
        if (place is CompilationUnitSyntax { Members: { Count: > 0 } members }) place = members[0];
        if (type is null || model.LookupNamespacesAndTypes(place.SpanStart, name: type.Name).Contains(type, SymbolEqualityComparer.Default))
            return;
        edits.Import(type.ContainingNamespace.ToDisplayString());
    }
}
