using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Async;

/// <summary>
/// What is done between the awaits of several tasks, when one of them has ended and another has not:
/// <code>var a = await first; Save(a); var b = await second;</code>
/// If all of them were awaited first, it would not be done any more where the second fails.
/// </summary>
internal static class EffectsBetween
{
    /// <summary>Whether anything that others could see is done from the statement up to the last await of the tasks.</summary>
    public static bool AreAny(StatementSyntax first, IReadOnlyList<ILocalSymbol> tasks, FixContext fix)
    {
        if (StatementList.ListOf(first) is not { } list) return true;
        var names = tasks.Select(task => task.Name).ToList();
        var code = StatementList.In(list).SkipWhile(statement => statement != first).ToList();
        if (LoopBodies.IsLoop(first)) return Own(first).Any(node => IsEffect(node, fix));

        if (AreAnyBeyond(first, code, names, fix)) return true;
        var last = code.SelectMany(Own).OfType<AwaitExpressionSyntax>().Where(node => Names(node, names)).Select(node => node.Span.End)
            .DefaultIfEmpty().Max();
        return code.SelectMany(Own).Any(node => node.Span.End < last && IsEffect(node, fix));
    }

    /// <summary>Whether anything is done in the statement, or it may leave the code around it.</summary>
    public static bool AreIn(StatementSyntax statement, FixContext fix) => Own(statement).Any(node => IsEffect(node, fix)
        || node is ReturnStatementSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or BreakStatementSyntax or ContinueStatementSyntax
            or GotoStatementSyntax);

    // try { Save(await first); } catch (IOException) { … } await second; if (x) { Save(await first); } await second;
    private static bool AreAnyBeyond(StatementSyntax first, List<StatementSyntax> code, List<string> names, FixContext fix)
    {
        if (EnclosingFunction.Of(first) is not { } function) return false;
        var beyond = Own(function).OfType<AwaitExpressionSyntax>().Where(node =>
            node.SpanStart > first.SpanStart && Names(node, names)
            && !code.Exists(statement => statement.Span.Contains(node.Span))).ToList();
        if (beyond.Count == 0) return false;
        if (first.Ancestors().OfType<TryStatementSyntax>().Any(attempt => attempt.Catches.Count > 0
            && attempt.Block.Span.Contains(first.Span) && beyond.Exists(node => !attempt.Span.Contains(node.Span))))
            return true;
        var last = beyond.Max(node => node.SpanStart);
        return Own(function).Any(node => node.SpanStart >= first.SpanStart && node.Span.End <= last && IsEffect(node, fix));
    }

    private static IEnumerable<SyntaxNode> Own(SyntaxNode code) =>
        code.DescendantNodesAndSelf(node => node == code
        || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));

    // await first, await first.ConfigureAwait(false)
    private static bool Names(SyntaxNode node, List<string> names) =>
        node.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => names.Contains(name.Identifier.ValueText));

    private static bool IsEffect(SyntaxNode node, FixContext fix) => node switch
    {
        InvocationExpressionSyntax call => !IsQuiet(call, fix),
        AwaitExpressionSyntax awaited => !IsOnlyWait(awaited, fix),
        AssignmentExpressionSyntax assignment => !IsLocal(assignment.Left, fix),
        PostfixUnaryExpressionSyntax step when !step.IsKind(SyntaxKind.SuppressNullableWarningExpression) => !IsLocal(step.Operand, fix),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } step =>
            !IsLocal(step.Operand, fix),
        YieldStatementSyntax => true,
        _ => false,
    };

    // await task, await tasks[i].ConfigureAwait(false): a task that runs already
    private static bool IsOnlyWait(AwaitExpressionSyntax awaited, FixContext fix) =>
        fix.OperationOf(awaited.Expression) is { } value
        && Unwrapped.Awaited(value) is ILocalReferenceOperation or IArrayElementReferenceOperation or IPropertyReferenceOperation
            or IParameterReferenceOperation;

    // task.ConfigureAwait(false), list.Add(x) of a list of the function, nameof(x)
    private static bool IsQuiet(InvocationExpressionSyntax call, FixContext fix)
    {
        if (fix.OperationOf(call) is not IInvocationOperation { TargetMethod: var method } operation)
            return fix.OperationOf(call) is INameOfOperation;
        if (method.Name == WellKnownMember.ConfigureAwait) return true;
        return operation.Instance is ILocalReferenceOperation { Local: var list } && CollectionTypes.IsIn(method.ContainingType)
            && !IsGivenAway(list, call);
    }

    // var drain = Task.Run(() => Drain(queue)); await fill; queue.CompleteAdding(); await drain;
    private static bool IsGivenAway(ILocalSymbol list, InvocationExpressionSyntax call) =>
        EnclosingFunction.Of(call) is not { } function
        || function.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
            name.Identifier.ValueText == list.Name && name.SpanStart < call.SpanStart
            && (name.Parent is ArgumentSyntax
                || name.Ancestors().TakeWhile(node => node != function).Any(node =>
                    node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)));

    private static bool IsLocal(ExpressionSyntax target, FixContext fix) => fix.OperationOf(target) switch
    {
        ILocalReferenceOperation or IDiscardOperation or IDeclarationExpressionOperation or ITupleOperation => true,
        IArrayElementReferenceOperation { ArrayReference: ILocalReferenceOperation } => true,
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: ILocalReferenceOperation } => true,
        _ => false,
    };
}
