using System.Collections.Generic;
using System.Composition;
using System.Linq;
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
            || StartsEarlier(declared, fix))
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

    private static ExpressionSyntax Kept(ExpressionSyntax query, string method)
    {
        var sequence = query.WithoutTrailingTrivia();
        if (sequence is not (InvocationExpressionSyntax or ParenthesizedExpressionSyntax))
            sequence = ParenthesizedExpression(sequence.WithoutLeadingTrivia()).WithLeadingTrivia(query.GetLeadingTrivia());
        return InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, sequence, IdentifierName(method)))
            .WithTrailingTrivia(query.GetTrailingTrivia());
    }
}
