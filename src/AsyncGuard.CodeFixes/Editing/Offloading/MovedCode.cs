using System.Linq;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Editing.Offloading;

/// <summary>
/// What an edit has moved to the thread pool: what would move on its own, such as <c>Load()</c> in <c>Parse(Load())</c>, has moved with it.
/// </summary>
internal static class MovedCode
{
    /// <summary>Marks the lambda that holds it.</summary>
    public static readonly SyntaxAnnotation Mark = new("AsyncGuard.Moved");

    /// <summary>
    /// Whether the node, as earlier edits have left it, stands in such code, or holds some, which it would have to await in a lambda.
    /// </summary>
    public static bool Holds(SyntaxNode node) =>
        node.Ancestors().Any(ancestor => ancestor.HasAnnotation(Mark)) || node.GetAnnotatedNodes(Mark).Any();
}
