using System.Collections.Generic;
using System.Composition;
using AsyncGuard.Editing.Tokens;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Fixes.Cancellation;

/// <summary><c>LoadAsync(id)</c> → <c>LoadAsync(id, cancellationToken)</c>, with the innermost token in scope.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class TokenNotPassedFix() : GuardFix(RuleTable.TokenNotPassed)
{
    private const string Key = "AGD0301.PassToken";

    private protected override IEnumerable<FixPlan> Plans(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } node
            || fix.OperationOf(node) is not IInvocationOperation call || OutlivingCall.Is(call, fix))
            yield break;
        foreach (var way in TokenWay.Giving(call, fix))
        {
            if (TokenArgument.For(node, node, way.Token!, fix) is not { } argument) continue;
            yield return new FixPlan($"Pass '{way.Token}'", Key, all =>
            {
                var edits = all.In(fix.Document.Id);
                edits.Replace(node, current => argument.AddTo((InvocationExpressionSyntax)current));
                way.Record(edits, fix);
            });
        }
    }
}
