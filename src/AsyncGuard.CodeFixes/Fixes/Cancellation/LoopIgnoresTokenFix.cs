using System.Collections.Generic;
using System.Composition;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixes.Cancellation;

/// <summary><c>token.ThrowIfCancellationRequested();</c> first in the body, or <c>while (!token.IsCancellationRequested)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class LoopIgnoresTokenFix() : GuardFix(RuleTable.LoopIgnoresToken)
{
    private const string ThrowKey = "AGD0303.Throw";
    private const string ConditionKey = "AGD0303.Condition";

    private protected override IEnumerable<FixPlan> Plans(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<SyntaxNode>(LoopBodies.IsLoop) is not StatementSyntax node || fix.OperationOf(node) is not ILoopOperation loop) yield break;
        if (TokenScope.Of(fix.Guard).Best(loop, fix.MemberOf(node)) is not { } token) yield break;

        yield return new FixPlan($"Throw where '{token.Expression}' is cancelled", ThrowKey, all =>
            all.In(fix.Document.Id).Replace(node, current => LoopBodies.StartingWith((StatementSyntax)current, LoopBodies.Check(token.Expression))));

        if (node is WhileStatementSyntax { Condition: var condition } && LoopBounds.IsEndless(loop))
        {
            yield return new FixPlan($"Loop until '{token.Expression}' is cancelled", ConditionKey, all =>
                all.In(fix.Document.Id).Replace(condition, current => ParseExpression($"!{token.Expression}.IsCancellationRequested").WithTriviaFrom(current)));
        }
    }
}
