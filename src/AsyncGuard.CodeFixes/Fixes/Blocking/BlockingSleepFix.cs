using System.Collections.Generic;
using System.Composition;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Offloading;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Editing.Tokens;
using AsyncGuard.Plans;
using AsyncGuard.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixes.Blocking;

/// <summary><c>Thread.Sleep(100)</c> → <c>await Task.Delay(100, token)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BlockingSleepFix() : GuardFix(RuleTable.BlockingSleep)
{
    private const string Key = "AGD0101.AwaitDelay";

    private protected override IEnumerable<FixPlan> Plans(FixContext fix)
    {
        if (fix.HasHint(FixHints.NoAwait) || ReplayedCode.Surrounds(fix.Node, fix)
            || fix.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { ArgumentList.Arguments.Count: 1 } sleep)
            yield break;
        if (fix.OperationOf(sleep) is not { } operation || !Awaiting.IsLegalAt(operation)
            || AsyncSignature.For(sleep, fix) is not { } signature)
            yield break;
        var configureAwait = Awaiting.UsesConfigureAwait(sleep, fix, fix.Guard.Types.Task);
        foreach (var way in TokenWay.At(operation, fix, canDoWithout: true))
        {
            var argument = way.Token is { } token ? TokenArgument.For(sleep, Delay(sleep), token, fix) : null;
            yield return new FixPlan("Await 'Task.Delay' instead", Key, all =>
            {
                var edits = all.In(fix.Document.Id);
                edits.Replace(sleep, current =>
                {
                    var delay = Delay((InvocationExpressionSyntax)current);
                    return Awaiting.InPlaceOf((InvocationExpressionSyntax)current, argument?.AddTo(delay) ?? delay, configureAwait);
                });
                signature.Record(edits);
                way.Record(edits, fix);
                KnownImports.AddTask(edits, sleep, fix);
            });
        }
    }

    private static InvocationExpressionSyntax Delay(InvocationExpressionSyntax sleep)
    {
        var time = sleep.ArgumentList.Arguments[0].WithNameColon(null);
        return InvocationExpression(ParseExpression("Task.Delay"), sleep.ArgumentList.WithArguments(SingletonSeparatedList(time)));
    }
}
