using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Awaitables;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
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
    private const int MostDepth = 2;

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

    /// <summary>
    /// Whether code reads what another thread would not have, itself or in what it calls: a <c>[ThreadStatic]</c> field, the current
    /// thread, the context of synchronization.
    /// </summary>
    public static bool IsReadIn(IOperation code, GuardContext guard, int depth = 0)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (HolderIn(operation, guard) is { } holder && !AmbientValue.IsTool(holder, operation, guard)) return true;
            if (depth == 0 && IsOfCurrent(operation)) return true;
            if (depth < MostDepth && operation is IInvocationOperation { TargetMethod: { IsAsync: false } called }
                && !called.OriginalDefinition.DeclaringSyntaxReferences.IsEmpty
                && Bodies.Of(guard).OperationsOf(called.OriginalDefinition).Any(body => IsReadIn(body, guard, depth + 1)))
                return true;
        }

        return false;
    }

    // Thread.CurrentThread, Environment.CurrentManagedThreadId, SynchronizationContext.Current
    private static bool IsOfCurrent(IOperation operation) =>
        ThreadingMembers.OfCurrentThread.IsUse(operation) || TaskMembers.FromContext.IsUse(operation);

    private static ISymbol? HolderIn(IOperation operation, GuardContext guard) => operation switch
    {
        IFieldReferenceOperation { Field: { IsStatic: true } field } when AmbientValue.IsThreadStatic(field, guard) => field,
        IPropertyReferenceOperation { Property: var property, Instance: { } instance }
            when ThreadingMembers.ThreadLocalValue.Is(property) =>
            AmbientValue.HolderOf(instance),
        _ => null,
    };
}
