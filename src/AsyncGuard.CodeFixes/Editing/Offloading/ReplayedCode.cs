using System.Linq;
using AsyncGuard.Catalog;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Editing.Offloading;

/// <summary>
/// Code that is run again and again from its history, as an orchestrator of Durable Functions or a workflow of Temporal: it may await only
/// what its context gives it, and not leave its thread.
/// </summary>
internal static class ReplayedCode
{
    public static bool Surrounds(SyntaxNode node, FixContext fix)
    {
        var symbol = fix.Model.GetEnclosingSymbol(node.SpanStart, fix.CancellationToken);
        for (; symbol is not (null or INamespaceSymbol); symbol = symbol.ContainingSymbol)
        {
            if (symbol is IMethodSymbol method
                && method.Parameters.Any(parameter => RefusalNames.IsReplayContext(parameter.Type.Name)))
                return true;
            if (symbol is INamedTypeSymbol type
                && type.GetAttributes().Any(attribute => attribute.AttributeClass is { } kind && RefusalNames.IsReplayed(kind.Name)))
                return true;
        }

        return false;
    }
}
