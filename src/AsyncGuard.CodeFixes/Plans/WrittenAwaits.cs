using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Blocking;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Concurrency.Values;
using AsyncGuard.Analysis.Tasks.Awaits;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Plans;

/// <summary>
/// Awaits that an edit has written: none may stand where a span would have to live across it, which the compiler says only when it emits,
/// nor between the call that takes a thread's lock and the one that gives it back, nor before the use of what belongs to the thread, nor
/// between reading or checking a value that others change and writing it, nor before what the raiser of an event waits for, which it
/// never says.
/// </summary>
internal static class WrittenAwaits
{
    public static bool AreIllegal(SyntaxNode edited, (GuardContext Guard, SyntaxTree Tree) before,
        (GuardContext Guard, SyntaxTree Tree) after, FixContext fix)
    {
        var written = edited.GetAnnotatedNodes(DocumentEdits.Written).SelectMany(node => node.DescendantNodesAndSelf()).Where(Awaits)
            .Select(node => node.Span).Distinct().ToList();
        if (written.Count == 0) return false;

        var model = after.Guard.Compilation.GetSemanticModel(after.Tree);
        var root = after.Tree.GetRoot(fix.CancellationToken);
        var spans = new HashSet<TextSpan>(written);
        var isUnsafe = false;
        foreach (var span in written)
        {
            var place = root.FindNode(span, getInnermostNodeForTie: true).AncestorsAndSelf()
                .FirstOrDefault(node => node.Span == span && Awaits(node));
            if (place is null || model.GetOperation(place, fix.CancellationToken) is not { } operation) continue;
            if (RefLikeAcross.Is(operation) || ThreadStateAcross.IsUsed(operation, spans, after.Guard, fix)
                || LateAnswer.IsBehind(operation, spans, fix.CancellationToken))
                return true;
            isUnsafe |= IsUnsafe(operation, after.Guard);
        }

        // What an edit has moved along with its own may have been so before.
        if (isUnsafe && Unsafe(after.Guard, after.Tree, fix) > Unsafe(before.Guard, before.Tree, fix)) return true;

        if (!root.DescendantNodes().Any(MayTakeLock)) return false;
        return Held(after.Guard, after.Tree, fix) > Held(before.Guard, before.Tree, fix);
    }

    private static bool IsUnsafe(IOperation awaited, GuardContext guard) =>
        ThreadScopeAcross.Surrounds(awaited, guard)
        || (!AcquireScope.IsHeldAt(awaited) && (LostUpdate.IsAround(awaited, guard) || CheckThenSet.IsAround(awaited, guard)));

    private static int Unsafe(GuardContext guard, SyntaxTree tree, FixContext fix)
    {
        var model = guard.Compilation.GetSemanticModel(tree);
        return tree.GetRoot(fix.CancellationToken).DescendantNodes().Where(Awaits).Count(node =>
            model.GetOperation(node, fix.CancellationToken) is { } operation && IsUnsafe(operation, guard));
    }

    /// <summary>Whether the node waits: an await, or a loop or a resource that awaits.</summary>
    public static bool Awaits(SyntaxNode node) =>
        node is AwaitExpressionSyntax or CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 }
        or UsingStatementSyntax { AwaitKeyword.RawKind: not 0 } or LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 };

    // Monitor.Enter(gate), gate.TryEnter(), _rows.EnterWriteLock(), mutex.WaitOne(), _lock.AcquireReaderLock(100)
    private static bool MayTakeLock(SyntaxNode node) =>
        node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } }
        && LockNames.MayTakeForThread(name);

    /// <summary>How many calls take a lock that is still held at an await.</summary>
    private static int Held(GuardContext guard, SyntaxTree tree, FixContext fix)
    {
        var model = guard.Compilation.GetSemanticModel(tree);
        return tree.GetRoot(fix.CancellationToken).DescendantNodes().Where(MayTakeLock).Count(node =>
            model.GetOperation(node, fix.CancellationToken) is IInvocationOperation call && LockCall.Of(call, guard) is { } taken
            && HeldLocks.AwaitUnder(taken, GraphAround(call, model, fix)) is not null);
    }

    private static ControlFlowGraph GraphAround(IOperation operation, SemanticModel model, FixContext fix) =>
        ControlFlowGraph.Create(FlowGraphs.RootOf(operation).Syntax, model, fix.CancellationToken)!;
}
