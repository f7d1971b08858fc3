using System.Collections.Generic;
using System.Composition;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Editing.Tokens;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Fixes.Cancellation;

/// <summary><c>LoadAsync(id)</c> → <c>LoadAsync(id, cancellationToken)</c>; one action for each token in scope, best first.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class TokenNotPassedFix() : GuardFix(RuleTable.TokenNotPassed)
{
    private const string BestKey = "AGD0301.PassToken";

    private protected override IEnumerable<FixPlan> Plans(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } node || fix.OperationOf(node) is not IInvocationOperation call) yield break;

        var best = true;
        foreach (var token in TokenScope.Of(fix.Guard).All(call, fix.MemberOf(node)))
        {
            if (TokenArgument.For(node, node, token.Expression, fix) is not { } argument) continue;
            yield return new FixPlan($"Pass '{token.Expression}'", best ? BestKey : BestKey + "." + token.Expression, all =>
                all.In(fix.Document.Id).Replace(node, current => argument.AddTo((InvocationExpressionSyntax)current)));
            best = false;
        }
    }
}
