using System.Collections.Generic;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Awaitables;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Plans;

/// <summary>
/// What belongs to a thread and is read or written behind an await that an edit writes, where another thread may go on:
/// <code>_depth++; await SaveAsync(); _depth--;</code>
/// </summary>
internal static class ThreadStateAcross
{
    public static bool IsUsed(IOperation awaited, HashSet<TextSpan> awaits, GuardContext guard, FixContext fix)
    {
        var root = FlowGraphs.RootOf(awaited);
        ControlFlowGraph? graph = null;
        foreach (var operation in root.Descendants())
        {
            if (HolderIn(operation, guard) is { } holder && !AmbientValue.IsTool(holder, operation, guard)
                && ReadAfterAwait.Follows(operation, holder, one => awaits.Contains(one.Syntax.Span),
                    () => graph ??= ControlFlowGraph.Create(root.Syntax, root.SemanticModel!, fix.CancellationToken)!))
                return true;
        }

        return false;
    }

    private static ISymbol? HolderIn(IOperation operation, GuardContext guard) => operation switch
    {
        IFieldReferenceOperation { Field: { IsStatic: true } field } when AmbientValue.IsThreadStatic(field, guard) => field,
        IPropertyReferenceOperation { Property: { Name: "Value", ContainingType: var type }, Instance: { } instance }
            when SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, guard.Types.ThreadLocalOfT) =>
            AmbientValue.HolderOf(instance),
        _ => null,
    };
}
