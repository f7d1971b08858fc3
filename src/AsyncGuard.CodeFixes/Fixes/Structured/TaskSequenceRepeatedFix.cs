using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixes.Structured;

/// <summary><c>var tasks = items.Select(LoadAsync);</c> → <c>var tasks = items.Select(LoadAsync).ToList();</c></summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class TaskSequenceRepeatedFix() : GuardFix(RuleTable.TaskSequenceRepeated)
{
    private protected override IEnumerable<FixPlan> Plans(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<IdentifierNameSyntax>() is not { } name
            || fix.Model.GetSymbolInfo(name,
            fix.CancellationToken).Symbol is not ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } references })
            yield break;
        if (references[0].GetSyntax(fix.CancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: { } query } declared
            || StartsEarlier(declared, fix) || ChangesLater(query, declared, fix))
            yield break;

        yield return new FixPlan("Start the tasks once with '.ToList()'", "AGD0212.ToList",
            all => all.In(fix.Document.Id).Replace(query, current => Kept((ExpressionSyntax)current, "ToList")));
        yield return new FixPlan("Start the tasks once with '.ToArray()'", "AGD0212.ToArray",
            all => all.In(fix.Document.Id).Replace(query, current => Kept((ExpressionSyntax)current, "ToArray")));
    }

    /// <summary>
    /// Whether the tasks would start before something else is done, or all at once where they start one after the other:
    /// <c>var tasks = rows.Select(LoadAsync); if (isEmpty) return; …</c>, <c>foreach (var task in tasks) await task;</c>
    /// </summary>
    private static bool StartsEarlier(VariableDeclaratorSyntax declared, FixContext fix)
    {
        if (StatementList.StatementAround(declared) is not { } declaration || StatementList.ListOf(declaration) is not { } list)
            return true;
        foreach (var statement in StatementList.In(list).SkipWhile(other => other != declaration).Skip(1))
        {
            if (statement.DescendantNodes().OfType<IdentifierNameSyntax>()
                .Any(use => use.Identifier.ValueText == declared.Identifier.ValueText))
                return statement is CommonForEachStatementSyntax loop && loop.Expression is IdentifierNameSyntax
                    && loop.Statement.DescendantNodes().OfType<AwaitExpressionSyntax>().Any();
            if (EffectsBetween.AreIn(statement, fix)) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether something that the query reads is changed behind it, so that the query, which runs where it is enumerated, sees the change
    /// and a list would not: <c>var tasks = rows.Select(LoadAsync); rows.Add(last); await Task.WhenAll(tasks);</c>
    /// </summary>
    private static bool ChangesLater(ExpressionSyntax query, VariableDeclaratorSyntax declared, FixContext fix)
    {
        if (EnclosingFunction.Of(declared) is not { } function) return true;
        var read = query.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Select(name => fix.Model.GetSymbolInfo(name, fix.CancellationToken).Symbol)
            .Where(symbol => symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol
                && !symbol.DeclaringSyntaxReferences.Any(reference => query.Span.Contains(reference.Span)
                && reference.SyntaxTree == query.SyntaxTree)).ToImmutableHashSet(SymbolEqualityComparer.Default);
        return function.DescendantNodes().Where(node => node.SpanStart >= declared.Span.End).Any(node => TargetOf(node) is { } target
            && fix.Model.GetSymbolInfo(target, fix.CancellationToken).Symbol is { } changed && read.Contains(changed));
    }

    // rows = x; rows[0] = x; n++; rows.Add(x); rows?.Clear(); Fill(ref rows);
    private static ExpressionSyntax? TargetOf(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax assignment => Root(assignment.Left),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } step =>
            Root(step.Operand),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } step =>
            Root(step.Operand),
        ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword } argument =>
            Root(argument.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } when Changes(access.Name) => Root(access.Expression),
        ConditionalAccessExpressionSyntax
        {
            WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding },
            Expression: var target
        } when Changes(binding.Name) => Root(target),
        _ => null,
    };

    private static bool Changes(SimpleNameSyntax method) => method.Identifier.ValueText is var name
        && (CollectionNames.Fills(name) || CollectionNames.Extends(name) || CollectionNames.Drops(name) || CollectionNames.Changes(name)
        || CollectionNames.TakesOut(name) || CollectionNames.Arranges(name));

    private static ExpressionSyntax Root(ExpressionSyntax target) => target switch
    {
        ElementAccessExpressionSyntax element => Root(element.Expression),
        ParenthesizedExpressionSyntax inner => Root(inner.Expression),
        _ => target,
    };

    private static ExpressionSyntax Kept(ExpressionSyntax query, string method)
    {
        var sequence = query.WithoutTrailingTrivia();
        if (sequence is not (InvocationExpressionSyntax or ParenthesizedExpressionSyntax))
            sequence = ParenthesizedExpression(sequence.WithoutLeadingTrivia()).WithLeadingTrivia(query.GetLeadingTrivia());
        return InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, sequence, IdentifierName(method)))
            .WithTrailingTrivia(query.GetTrailingTrivia());
    }
}
