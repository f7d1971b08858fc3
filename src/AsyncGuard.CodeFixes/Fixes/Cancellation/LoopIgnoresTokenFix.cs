using System.Collections.Generic;
using System.Composition;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Editing.Tokens;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Fixes.Cancellation;

/// <summary><c>token.ThrowIfCancellationRequested();</c> first in the body, or <c>while (!token.IsCancellationRequested)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class LoopIgnoresTokenFix() : GuardFix(RuleTable.LoopIgnoresToken)
{
    private const string ThrowKey = "AGD0303.Throw";
    private const string ConditionKey = "AGD0303.Condition";

    private protected override IEnumerable<FixPlan> Plans(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<SyntaxNode>(LoopBodies.IsLoop) is not StatementSyntax node
            || fix.OperationOf(node) is not ILoopOperation loop)
            yield break;
        var thrown = TokenWay.TokenAt(loop, fix);
        if ((thrown ?? TokenWay.TokenThatEnds(loop, fix)) is not { } token) yield break;
        if (LoopCheck.For(node, token, fix) is { } check && (thrown is not null || check.IsInCondition))
        {
            // One key, so that Fix All fixes loops of both kinds.
            var title = check.IsInCondition ? $"Loop until '{token}' is cancelled" : $"Throw where '{token}' is cancelled";
            yield return new FixPlan(title, ThrowKey, all => check.Record(all.In(fix.Document.Id)));
        }

        if (LoopCheck.InCondition(node, token, fix) is { } ending)
            yield return new FixPlan($"Loop until '{token}' is cancelled", ConditionKey, all => ending.Record(all.In(fix.Document.Id)));
    }
}
