using System.Collections.Generic;
using System.Composition;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Editing.Tokens;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Fixes.Cancellation;

/// <summary><c>gate.WaitAsync()</c> → <c>gate.WaitAsync(token)</c>, <c>ready.Task</c> → <c>ready.Task.WaitAsync(token)</c>; one action for each token in scope, best first.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class EndlessWaitFix() : GuardFix(RuleTable.EndlessWait)
{
    private const string BestKey = "AGD0309.Wait";

    private protected override IEnumerable<FixPlan> Plans(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<ExpressionSyntax>() is not { } node || fix.OperationOf(node) is not { } wait) yield break;

        var best = true;
        foreach (var token in TokenScope.Of(fix.Guard).All(wait, fix.MemberOf(node)))
        {
            var key = best ? BestKey : BestKey + "." + token.Expression;
            if (node is not InvocationExpressionSyntax call)
            {
                yield return new FixPlan($"Add '.WaitAsync({token.Expression})'", key, all =>
                    all.In(fix.Document.Id).Replace(node, current => WithCancellation.Appended((ExpressionSyntax)current, "WaitAsync", token.Expression)));
            }
            else if (TokenArgument.For(call, call, token.Expression, fix) is { } argument)
            {
                yield return new FixPlan($"Pass '{token.Expression}'", key, all =>
                    all.In(fix.Document.Id).Replace(call, current => argument.AddTo((InvocationExpressionSyntax)current)));
            }

            best = false;
        }
    }
}
