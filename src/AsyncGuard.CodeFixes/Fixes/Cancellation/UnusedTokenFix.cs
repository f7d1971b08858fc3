using System.Collections.Generic;
using System.Composition;
using System.Linq;
using AsyncGuard.Analysis.Precedence;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Editing.Tokens;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Fixes.Cancellation;

/// <summary>Passes the token to every call that takes one; where none does, each loop looks at it first.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnusedTokenFix() : GuardFix(RuleTable.UnusedToken)
{
    private const string ForwardKey = "AGD0302.Forward";
    private const string CheckKey = "AGD0302.CheckInLoop";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<ParameterSyntax>() is not { } node || fix.Model.GetDeclaredSymbol(node, fix.CancellationToken) is not IParameterSymbol { ContainingSymbol: IMethodSymbol function } parameter) return null;
        if (UnusedToken.CodeOf(function) is not { } code) return null;

        var calls = CallsIn(code, parameter, fix).ToList();
        if (calls.Count > 0)
        {
            return new FixPlan($"Pass '{parameter.Name}' on", ForwardKey, all =>
            {
                var edits = all.In(fix.Document.Id);
                foreach (var (call, argument) in calls) edits.Replace(call, current => argument.AddTo((InvocationExpressionSyntax)current));
            });
        }

        var loops = LoopsIn(code, fix).ToList();
        return loops.Count == 0 ? null : new FixPlan($"Check '{parameter.Name}' in the loop", CheckKey, all =>
        {
            foreach (var loop in loops) all.In(fix.Document.Id).Replace(loop, current => LoopBodies.StartingWith((StatementSyntax)current, LoopBodies.Check(node.Identifier.Text)));
        });
    }

    private static IEnumerable<(InvocationExpressionSyntax Call, TokenArgument Argument)> CallsIn(SyntaxNode code, IParameterSymbol parameter, FixContext fix)
    {
        foreach (var node in code.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>())
        {
            if (fix.OperationOf(node) is not IInvocationOperation call || CancellableCalls.Of(fix.Guard).Missing(call, fix.MemberOf(node)) is not { } token) continue;

            // File.ReadAllText(path) and semaphore.Wait() in async code, task.Wait() anywhere: the awaitable form gets the token
            if (Verdict.IsOfOther(Finding.EndlessWait, call, fix.MemberOf(node), fix.Guard)) continue;
            if (!SymbolEqualityComparer.Default.Equals(token.Owner, parameter)) continue;
            if (TokenArgument.For(node, node, token.Expression, fix) is { } argument) yield return (node, argument);
        }
    }

    // The outermost loops of the function itself.
    private static IEnumerable<StatementSyntax> LoopsIn(SyntaxNode code, FixContext fix) =>
        from loop in code.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) && !LoopBodies.IsLoop(node)).OfType<StatementSyntax>()
        where LoopBodies.IsLoop(loop) && fix.OperationOf(loop) is { } operation && !CleanupCode.Surrounds(operation, fix.MemberOf(loop))
        select loop;
}
