using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Code.Flow;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>
/// Follows the paths out of a <c>catch</c> handler. A path is over where it throws, returns, looks at a token or at another sign to stop,
/// or hands a token on.
/// One that gets back to an await of the same <c>try</c> goes on with the work.
/// </summary>
internal sealed class HandlerFlow : PathSearch
{
    private readonly ICatchClauseOperation _clause;
    private readonly ITryOperation _attempt;
    private readonly bool _isInLoop;
    private readonly GuardContext _guard;
    private readonly HashSet<ISymbol> _set;
    private readonly List<SyntaxNode> _observing;

    public HandlerFlow(ICatchClauseOperation clause, ITryOperation attempt, bool isInLoop, ControlFlowGraph graph, GuardContext guard)
        : base(graph, PathExceptions.None)
    {
        _clause = clause;
        _attempt = attempt;
        _isInLoop = isInLoop;
        _guard = guard;
        _set = AssignedIn(clause.Handler);
        _observing = ObservingLoops(attempt, guard);
    }

    public bool GoesOn() => FlowGraphs.HandlerOf(_clause, Graph) is { } handler && Leads(Graph.Blocks[handler.FirstBlockOrdinal], 0);

    protected override PathStep Meet(IOperation operation)
    {
        // Exceptions of the try come back to the same handler, so only asking helps there.
        var isInTry = _attempt.Body.Syntax.Span.Contains(operation.Syntax.Span);
        if (isInTry ? TokenUse.IsCheck(operation, _guard) : Stops(operation)) return PathStep.Stop;
        return operation is IAwaitOperation && (isInTry ? _isInLoop : !_isInLoop && !IsCleanup(operation)) ? PathStep.Found : PathStep.Next;
    }

    protected override PathBranches After(IOperation condition) => IsSignal(condition) ? PathBranches.None : PathBranches.Both;

    private bool Stops(IOperation operation)
    {
        if (TokenUse.IsCheck(operation, _guard)) return true;
        if (TokenUse.Is(operation, _guard) && !IsKept(operation) && !EndsElsewhere(operation.Syntax)) return true;
        if (operation is IInvocationOperation { TargetMethod: var called }
            && (_guard.Apis.Has(called, ApiTraits.EndsWork) || NoReturn.Is(called, _guard)))
            return true;
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
            IInvocationOperation { TargetMethod: var method } =>
                _guard.Tokens.IsSource(method.ContainingType) || CancellationMembers.Register.Is(method),
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
            if (other.Span.Contains(_attempt.Syntax.Span)) return false;

            // The first handler of a loop is reported for those after it as well: once it is fixed, it ends the loop.
            if (other.SpanStart < _attempt.Syntax.SpanStart) return false;
            foreach (var handler in other.Catches)
            {
                if (handler.Filter is null && IsBroad(handler.Declaration?.Type) && !Leaves(handler.Block)
                    && !CancellationWords.ThinksOfCancellation(handler.Block))
                    return true;
            }
        }

        return false;
    }

    private static bool IsBroad(TypeSyntax? type) => type switch
    {
        null => true,
        SimpleNameSyntax name => ApiTypes.CatchesCancellation.IsNamed(name.Identifier.ValueText),
        QualifiedNameSyntax qualified => IsBroad(qualified.Right),
        _ => false,
    };

    /// <summary>
    /// Whether a condition may be another sign to stop: the handler has set what it reads, or others do, and the loop ends by it.
    /// </summary>
    private bool IsSignal(IOperation condition)
    {
        if (!DecidesOnEnd(condition.Syntax)) return DecidesOnToken(condition.Syntax) && ReadsSet(condition);
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

    // _reader.WaitToReadAsync(draining ? CancellationToken.None : token): the handler has said that the rest goes on without the token
    private static bool DecidesOnToken(SyntaxNode condition)
    {
        while (condition.Parent is PrefixUnaryExpressionSyntax or ParenthesizedExpressionSyntax) condition = condition.Parent;
        return condition.Parent is ConditionalExpressionSyntax choice && choice.Condition == condition
            && (IsNoToken(choice.WhenTrue) || IsNoToken(choice.WhenFalse));
    }

    private static bool IsNoToken(ExpressionSyntax value) =>
        value is DefaultExpressionSyntax or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.DefaultLiteralExpression }
        || (value is MemberAccessExpressionSyntax access && CancellationMembers.None.IsNamed(access.Name.Identifier.ValueText));

    private bool ReadsSet(IOperation condition)
    {
        foreach (var operation in condition.DescendantsAndSelf())
        {
            if (AccessPath.Of(operation) is { } path && _set.Contains(path.Root)) return true;
        }

        return false;
    }

    // while (ShouldRun()), while (await _timer.WaitForNextTickAsync()), Volatile.Read(ref _stopped); but not queue.TryDequeue(out var item)
    private bool IsAskedFor(IInvocationOperation call)
    {
        if (call.IsImplicit || ConventionalNames.Tries(call.TargetMethod.Name)) return false;
        if (!call.TargetMethod.DeclaringSyntaxReferences.IsEmpty) return true;
        return call.Instance is IMemberReferenceOperation
            || SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, _guard.Types.Volatile)
            || SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, _guard.Types.Interlocked);
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
        for (var parent = attempt.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            if (parent is IForEachLoopOperation loop && (TokenUse.IsIn(loop.Collection, guard) || MadeWithToken.Is(loop.Collection, guard)))
                loops.Add(loop.Collection.Syntax);
        }

        return loops;
    }
}
