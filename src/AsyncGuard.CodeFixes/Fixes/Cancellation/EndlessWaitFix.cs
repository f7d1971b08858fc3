using System;
using System.Collections.Generic;
using System.Composition;
using AsyncGuard.Editing.Tokens;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Fixes.Cancellation;

/// <summary>
/// <c>gate.WaitAsync()</c> → <c>gate.WaitAsync(token)</c>, <c>ready.Task</c> → <c>ready.Task.WaitAsync(token)</c>, with the innermost token
/// in scope.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class EndlessWaitFix() : GuardFix(RuleTable.EndlessWait)
{
    private const string Key = "AGD0309.Wait";

    private protected override IEnumerable<FixPlan> Plans(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<ExpressionSyntax>() is not { } node || fix.OperationOf(node) is not { } wait
            || QueuedSource.IsOf(wait))
            yield break;
        foreach (var way in TokenWay.Giving(wait, fix))
        {
            if (node is not InvocationExpressionSyntax call)
                yield return Plan($"Add '.WaitAsync({way.Token})'", node,
                    current => WithCancellation.Appended(current, "WaitAsync", way.Token!), way, fix);
            else if (TokenArgument.For(call, call, way.Token!, fix) is { } argument)
                yield return Plan($"Pass '{way.Token}'", node, current => argument.AddTo((InvocationExpressionSyntax)current), way, fix);
        }
    }

    private static FixPlan Plan(string title, ExpressionSyntax node, Func<ExpressionSyntax, SyntaxNode> change, TokenWay way,
        FixContext fix) => new(title, Key, all =>
    {
        var edits = all.In(fix.Document.Id);
        edits.Replace(node, current => change((ExpressionSyntax)current));
        way.Record(edits, fix);
    });
}
