using System.Collections.Generic;
using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>
/// Follows the paths out of a <c>catch</c> handler. A path is over where it throws, returns, looks at a token or at another sign to stop, or hands a token on.
/// One that gets back to an await of the same <c>try</c> goes on with the work.
/// </summary>
internal sealed class HandlerFlow(ICatchClauseOperation clause, ITryOperation attempt, SyntaxNode anchor, bool isInLoop, GuardContext guard)
{
    private readonly HashSet<ISymbol> _set = AssignedIn(clause.Handler);
    private readonly List<SyntaxNode> _observing = ObservingLoops(attempt, guard);

    public bool GoesOn(ControlFlowGraph graph)
    {
        if (EntryOf(graph) is not { } entry) return false;
        var seen = new HashSet<int> { entry };
        var open = new Stack<int>();
        open.Push(entry);
        while (open.Count > 0)
        {
            var block = graph.Blocks[open.Pop()];
            if (Ends(block, out var goesOn))
            {
                if (goesOn) return true;
                continue;
            }

            foreach (var branch in new[] { block.FallThroughSuccessor, block.ConditionalSuccessor })
            {
                if (branch?.Destination is { } next && seen.Add(next.Ordinal)) open.Push(next.Ordinal);
            }
        }

        return false;
    }

    private bool Ends(BasicBlock block, out bool goesOn)
    {
        goesOn = false;
        foreach (var operation in FlowGraphs.InOrder(block))
        {
            if (attempt.Body.Syntax.Span.Contains(operation.Syntax.Span))
            {
                // Its exceptions come back to the same handler, so only asking helps.
                if (TokenUse.IsCheck(operation, guard)) return true;
                goesOn = operation is IAwaitOperation && isInLoop;
                if (goesOn) return true;
            }
            else
            {
                if (Stops(operation)) return true;
                goesOn = operation is IAwaitOperation && !isInLoop && !IsCleanup(operation);
                if (goesOn) return true;
            }
        }

        return block.ConditionKind != ControlFlowConditionKind.None && block.BranchValue is { } condition && IsSignal(condition);
    }

    private bool Stops(IOperation operation)
    {
        if (TokenUse.IsCheck(operation, guard)) return true;
        if (TokenUse.Is(operation, guard) && !IsKept(operation) && !EndsElsewhere(operation.Syntax)) return true;
        if (operation is IInvocationOperation { TargetMethod: var method } && (guard.Apis.Has(method, ApiTraits.EndsWork) || NeverReturns(method))) return true;
        foreach (var collection in _observing)
        {
            if (collection.Span.Contains(operation.Syntax.Span)) return true;
        }

        return false;
    }

    // var limit = CancellationTokenSource.CreateLinkedTokenSource(token), var current = token
    private bool IsKept(IOperation token)
    {
        var use = token.Parent;
        while (use is IConversionOperation or IArgumentOperation or IArrayInitializerOperation or IArrayCreationOperation) use = use.Parent;
        return use switch
        {
            IInvocationOperation { TargetMethod: var method } => guard.Tokens.IsSource(method.ContainingType) || method.Name is "Register" or "UnsafeRegister",
            ISimpleAssignmentOperation assignment => assignment.Target is ILocalReferenceOperation,
            _ => false,
        };
    }

    // try { await SaveAsync(token); } catch (Exception) { }: what is thrown there does not get far either
    private bool EndsElsewhere(SyntaxNode place)
    {
        for (var node = place; node is not null and not MemberDeclarationSyntax; node = node.Parent)
        {
            if (node.Parent is not TryStatementSyntax other || other.Block != node) continue;
            if (other.Span.Contains(attempt.Syntax.Span)) return false;

            // The first handler of a loop speaks for those after it: mended, it ends the loop.
            if (other.SpanStart < attempt.Syntax.SpanStart) return false;
            foreach (var handler in other.Catches)
            {
                if (handler.Filter is null && IsBroad(handler.Declaration?.Type) && !Leaves(handler.Block) && !CancellationNames.AreIn(handler.Block)) return true;
            }
        }

        return false;
    }

    private static bool IsBroad(TypeSyntax? type) => type switch
    {
        null => true,
        SimpleNameSyntax name => name.Identifier.ValueText is "Exception" or "OperationCanceledException",
        QualifiedNameSyntax qualified => IsBroad(qualified.Right),
        _ => false,
    };

    /// <summary>Whether a condition may be another sign to stop: the handler has set what it reads, or others do, and the loop ends by it.</summary>
    private bool IsSignal(IOperation condition)
    {
        if (!DecidesOnEnd(condition.Syntax)) return false;
        foreach (var operation in condition.DescendantsAndSelf())
        {
            switch (operation)
            {
                case ILocalReferenceOperation { Local: var local } when _set.Contains(local):
                case IFieldReferenceOperation { Type.SpecialType: SpecialType.System_Boolean, Field.IsConst: false }:
                case IPropertyReferenceOperation { Type.SpecialType: SpecialType.System_Boolean }:
                case IMemberReferenceOperation { Member: var member } when _set.Contains(member):
                case IInvocationOperation call when IsAskedFor(call):
                    return true;
            }
        }

        return false;
    }

    // while (ShouldRun()), while (await _timer.WaitForNextTickAsync()), Volatile.Read(ref _stopped); but not queue.TryDequeue(out var item)
    private static bool IsAskedFor(IInvocationOperation call)
    {
        if (call.IsImplicit || call.TargetMethod.Name.StartsWith("Try", System.StringComparison.Ordinal)) return false;
        if (!call.TargetMethod.DeclaringSyntaxReferences.IsEmpty) return true;
        return call.Instance is IMemberReferenceOperation || call.TargetMethod.ContainingType.Name is "Volatile" or "Interlocked";
    }

    // while (condition), if (condition) break;
    private static bool DecidesOnEnd(SyntaxNode condition)
    {
        for (var node = condition; node is not null and not MemberDeclarationSyntax; node = node.Parent)
        {
            switch (node.Parent)
            {
                case WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax:
                    return node is ExpressionSyntax;
                case IfStatementSyntax choice when choice.Condition == node:
                    return Leaves(choice.Statement) || (choice.Else is { } other && Leaves(other));
                case StatementSyntax:
                    return false;
            }
        }

        return false;
    }

    private static bool Leaves(SyntaxNode branch)
    {
        foreach (var node in branch.DescendantNodesAndSelf(inner => inner is not AnonymousFunctionExpressionSyntax))
        {
            if (node is BreakStatementSyntax or ReturnStatementSyntax or ThrowStatementSyntax or GotoStatementSyntax) return true;
        }

        return false;
    }

    private static bool IsCleanup(IOperation awaited)
    {
        foreach (var operation in awaited.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation { TargetMethod.Name: var name } && CleanupNames.EndsLife(name)) return true;
        }

        return awaited.Syntax.FirstAncestorOrSelf<FinallyClauseSyntax>() is not null;
    }

    // [DoesNotReturn] static void Fail()
    private bool NeverReturns(IMethodSymbol method)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, guard.Types.DoesNotReturnAttribute)) return true;
        }

        return false;
    }

    /// <summary>The first block of the handler: that of the same <c>try</c>, counted outwards from an operation in it.</summary>
    private int? EntryOf(ControlFlowGraph graph)
    {
        var depth = 0;
        for (SyntaxNode? node = anchor; node is not null && node != attempt.Syntax.Parent; node = node.Parent)
        {
            if (node.Parent is TryStatementSyntax { Catches.Count: > 0 } around && around.Block == node) depth++;
        }

        var region = RegionOf(graph);
        for (; region is not null; region = region.EnclosingRegion)
        {
            if (region is not { Kind: ControlFlowRegionKind.Try, EnclosingRegion: { Kind: ControlFlowRegionKind.TryAndCatch } whole } || --depth > 0) continue;
            return EntryOf(whole.NestedRegions);
        }

        return null;
    }

    private int? EntryOf(ImmutableArray<ControlFlowRegion> regions)
    {
        var index = attempt.Catches.IndexOf(clause);
        foreach (var region in regions)
        {
            if (region.Kind is not (ControlFlowRegionKind.Catch or ControlFlowRegionKind.FilterAndHandler) || index-- > 0) continue;
            if (region.Kind == ControlFlowRegionKind.Catch) return region.FirstBlockOrdinal;
            foreach (var inner in region.NestedRegions)
            {
                if (inner.Kind == ControlFlowRegionKind.Catch) return inner.FirstBlockOrdinal;
            }
        }

        return null;
    }

    private ControlFlowRegion? RegionOf(ControlFlowGraph graph)
    {
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in FlowGraphs.InOrder(block))
            {
                if (operation.Syntax == anchor) return block.EnclosingRegion;
            }
        }

        return null;
    }

    private static HashSet<ISymbol> AssignedIn(IOperation handler)
    {
        var assigned = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var operation in handler.Descendants())
        {
            if (operation is ISimpleAssignmentOperation assignment && AccessPath.Of(assignment.Target) is { } path) assigned.Add(path.Root);
        }

        return assigned;
    }

    // await foreach (var item in reader.ReadAllAsync(token)): moving on looks at the token
    private static List<SyntaxNode> ObservingLoops(IOperation attempt, GuardContext guard)
    {
        var loops = new List<SyntaxNode>();
        for (var parent = attempt.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); parent = parent.Parent)
        {
            if (parent is IForEachLoopOperation loop && (TokenUse.IsIn(loop.Collection, guard) || MadeWithToken.Is(loop.Collection, guard))) loops.Add(loop.Collection.Syntax);
        }

        return loops;
    }
}
