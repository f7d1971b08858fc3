using System.Collections.Generic;
using System.Composition;
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
        if (references[0].GetSyntax(fix.CancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: { } query }) yield break;

        yield return new FixPlan("Start the tasks once with '.ToList()'", "AGD0212.ToList",
            all => all.In(fix.Document.Id).Replace(query, current => Kept((ExpressionSyntax)current, "ToList")));
        yield return new FixPlan("Start the tasks once with '.ToArray()'", "AGD0212.ToArray",
            all => all.In(fix.Document.Id).Replace(query, current => Kept((ExpressionSyntax)current, "ToArray")));
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
