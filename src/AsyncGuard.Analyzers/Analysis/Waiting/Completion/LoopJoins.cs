using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting.Completion;

/// <summary>
/// The loops of one function that do the same with the task of each element: await it, <c>foreach (var t in tasks) await t;</c>,
/// <c>for (var i = 0; i &lt; tasks.Count; i++) await tasks[i];</c>, or put it into a list,
/// <c>foreach (var job in jobs) tasks.Add(job.Work);</c>.
/// </summary>
internal sealed class LoopJoins
{
    private static readonly List<CompletionFact> None = new();

    private readonly Dictionary<SyntaxNode, List<CompletionFact>> _known = new();
    private readonly GuardContext _guard;

    public LoopJoins(ControlFlowGraph graph, GuardContext guard)
    {
        _guard = guard;
        foreach (var operation in graph.OriginalOperation.Descendants())
        {
            if (operation is not (IForEachLoopOperation { IsAsynchronous: false } or IForLoopOperation)) continue;
            var loop = (ILoopOperation)operation;
            var facts = FactsOf(loop);
            if (facts.Count > 0) _known[loop.Syntax] = facts;
        }
    }

    /// <summary>What is known of the elements when the condition ends its loop.</summary>
    public List<CompletionFact> KnownWhenEnds(IOperation condition)
    {
        if (_known.Count == 0) return None;

        // The condition of a foreach is the call of MoveNext, which the compiler writes.
        for (var node = condition.Syntax; node is not null; node = node.Parent)
        {
            if (_known.TryGetValue(node, out var facts)) return IsConditionOf(node, condition) ? facts : None;
            if (node is StatementSyntax) return None;
        }

        return None;
    }

    private static bool IsConditionOf(SyntaxNode loop, IOperation condition) => loop switch
    {
        ForStatementSyntax { Condition: { } written } => written == condition.Syntax,
        CommonForEachStatementSyntax => condition is IInvocationOperation { IsImplicit: true },
        _ => false,
    };

    private List<CompletionFact> FactsOf(ILoopOperation loop)
    {
        var facts = new List<CompletionFact>();
        foreach (var statement in StatementsOf(loop.Body))
        {
            foreach (var wait in UnconditionalWaits(statement))
            {
                if (FactOf(Unwrapped.Awaited(wait.Operation), loop, list: null) is { } fact) facts.Add(fact);
            }

            if (statement is IExpressionStatementOperation { Operation: IInvocationOperation { Instance: { } list } call }
                && CollectionNames.Extends(call.TargetMethod.Name) && AccessPath.Of(list) is { } kept)
            {
                foreach (var argument in call.Arguments)
                {
                    if (FactOf(Unwrapped.Conversions(argument.Value), loop, kept) is { } fact) facts.Add(fact);
                }
            }

            if (MayGoOn(statement)) break;
        }

        return facts;
    }

    private CompletionFact? FactOf(IOperation task, ILoopOperation loop, AccessPath? list)
    {
        if (!_guard.Awaitables.IsTask(task.Type)) return null;
        if (loop is not IForEachLoopOperation each)
            return TaskSequence.FactOf(task, _guard) is { Path: var element } ? new CompletionFact(element, ofElements: true, list) : null;
        if (AccessPath.Of(task) is not { } path || !each.Locals.ContainsSymbol(path.Root)) return null;
        return TaskSequence.SourceOf(each.Collection, whole: true, _guard) is { } collection
            ? new CompletionFact(TaskSequence.Under(path, collection, _guard), ofElements: true, list) : null;
    }

    // { … }, and the statements of a try in it: where one of those throws, its handler may go on
    private static IEnumerable<IOperation> StatementsOf(IOperation body)
    {
        switch (body)
        {
            case IBlockOperation block:
                foreach (var statement in block.Operations)
                {
                    foreach (var inner in StatementsOf(statement)) yield return inner;
                }

                break;
            case ITryOperation attempt:
                foreach (var inner in StatementsOf(attempt.Body)) yield return inner;
                break;
            default:
                yield return body;
                break;
        }
    }

    private static IEnumerable<IAwaitOperation> UnconditionalWaits(IOperation statement)
    {
        if (statement is not (IExpressionStatementOperation or IVariableDeclarationGroupOperation or IReturnOperation)) yield break;
        foreach (var operation in statement.Descendants())
        {
            if (operation is IAwaitOperation wait && IsUnconditional(wait, statement)) yield return wait;
        }
    }

    private static bool IsUnconditional(IOperation operation, IOperation statement)
    {
        for (var parent = operation.Parent; parent is not null && !ReferenceEquals(parent, statement); parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation or IConditionalOperation or ICoalesceOperation
                or IConditionalAccessOperation or ISwitchExpressionOperation
                or IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr })
                return false;
        }

        return true;
    }

    // if (…) continue; not if (task is null) continue;
    private static bool MayGoOn(IOperation statement)
    {
        if (statement is IConditionalOperation { Condition: IIsPatternOperation { Pattern: IConstantPatternOperation constant } }
            && constant.Value.ConstantValue is { HasValue: true, Value: null })
            return false;
        foreach (var operation in statement.DescendantsAndSelf())
        {
            if (operation is IBranchOperation { BranchKind: BranchKind.Continue or BranchKind.GoTo }) return true;
        }

        return false;
    }
}
