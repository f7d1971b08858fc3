using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis;

/// <summary>Which members can hold async code at all: those that are async code, and those with functions inside. Most are neither.</summary>
internal sealed class AsyncMembers(GuardContext guard)
{
    private readonly ConcurrentDictionary<ISymbol, bool> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Whether code in the blocks of the member may be async code; the answer is remembered for all who ask.</summary>
    public bool MayHold(ISymbol member, ImmutableArray<IOperation> blocks) =>
        (member is IMethodSymbol method && CodeContext.IsAsyncFunction(method, guard))
        || (_known.TryGetValue(member, out var known) ? known : _known.GetOrAdd(member, HasFunction(blocks)));

    private static bool HasFunction(ImmutableArray<IOperation> blocks)
    {
        foreach (var block in blocks)
        {
            foreach (var node in block.Syntax.DescendantNodesAndSelf())
            {
                if (node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) return true;
            }
        }

        return false;
    }
}
