using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Tokens;

/// <summary>
/// A completion source that stands in a line of the object, from which it is taken by what completes it. A waiter that gives up
/// still has its turn, and what it receives then, an item or a lock, is lost:
/// <code>_takers.Enqueue(taker); return await taker.Task;</code>
/// </summary>
internal static class QueuedSource
{
    /// <summary>Whether the wait is for such a source, and no <c>finally</c> or handler takes it out.</summary>
    public static bool IsOf(IOperation wait) =>
        wait is IPropertyReferenceOperation { Instance: ILocalReferenceOperation { Local: var source } }
        && FlowGraphs.RootOf(wait).Descendants().OfType<ILocalReferenceOperation>().Any(use =>
            SymbolEqualityComparer.Default.Equals(use.Local, source) && LineOf(use) is { } line && !IsTakenOut(line, wait));

    // A table of the object from which the function takes it out by its key: _pending[id] = taker; … _pending.Remove(id);
    private static bool IsTakenFrom(ISymbol table, IOperation use) =>
        FlowGraphs.RootOf(use).Descendants().OfType<IInvocationOperation>().Any(call =>
            call.Instance is IMemberReferenceOperation { Member: var member } && SymbolEqualityComparer.Default.Equals(member, table)
            && CollectionNames.Removes(call.TargetMethod.Name));

    // _takers.Enqueue(taker), _pending.TryAdd(id, taker), _pending[id] = new Pending(taker)
    private static ISymbol? LineOf(IOperation use)
    {
        var value = Unwrapped.ConversionsAround(use);
        while (true)
        {
            switch (value.Parent)
            {
                case IArgumentOperation { Parent: IObjectCreationOperation made }:
                    value = Unwrapped.ConversionsAround(made);
                    continue;
                case ITupleOperation tuple:
                    value = Unwrapped.ConversionsAround(tuple);
                    continue;
                case IArgumentOperation { Parent: IInvocationOperation { Instance: IMemberReferenceOperation line } call }
                    when CollectionTypes.IsIn(call.TargetMethod.ContainingType):
                    return line.Member;
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: IMemberReferenceOperation line } entry }
                    when !entry.Arguments.IsEmpty && IsTakenFrom(line.Member, use):
                    return line.Member;
                default:
                    return null;
            }
        }
    }

    // try { return await taker.Task; } finally { _pending.Remove(id); }
    private static bool IsTakenOut(ISymbol line, IOperation wait)
    {
        var child = wait;
        for (var parent = wait.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            if (parent is not ITryOperation attempt || !ReferenceEquals(attempt.Body, child)) continue;
            if (attempt.Catches.Select(clause => clause.Handler).Append(attempt.Finally).Any(code => Names(code, line))) return true;
        }

        return false;
    }

    private static bool Names(IOperation? code, ISymbol line) =>
        code is not null && code.Descendants().OfType<IMemberReferenceOperation>().Any(name =>
            SymbolEqualityComparer.Default.Equals(name.Member, line));
}
