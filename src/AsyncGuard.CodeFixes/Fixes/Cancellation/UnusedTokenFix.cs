using System.Collections.Generic;
using System.Composition;
using System.Threading.Tasks;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Editing.Tokens;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Fixes.Cancellation;

/// <summary>Passes the token to every call that takes one; where none does, each loop looks at it first.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnusedTokenFix() : GuardFix(RuleTable.UnusedToken)
{
    private const string ForwardKey = "AGD0302.Forward";
    private const string CheckKey = "AGD0302.CheckInLoop";

    private protected override async Task<IEnumerable<FixPlan>> PlansAsync(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<ParameterSyntax>() is not { } node
            || fix.Model.GetDeclaredSymbol(node,
            fix.CancellationToken) is not IParameterSymbol { ContainingSymbol: IMethodSymbol function } parameter)
            return [];
        if (UnusedToken.CodeOf(function) is not { } code) return [];

        var found = TokenForwarding.CallsIn(code, parameter, fix);
        if (found.Count > 0)
        {
            var calls = await TokenForwarding.InEveryTargetAsync(found, fix).ConfigureAwait(false);
            return calls.Count == 0 ? []
                : [new FixPlan($"Pass '{parameter.Name}' on", ForwardKey,
                    all => TokenForwarding.Record(calls, all.In(fix.Document.Id), fix))];
        }

        var loops = TokenForwarding.LoopsIn(code, node.Identifier.Text, fix);
        return loops.Count == 0 ? [] : [new FixPlan($"Check '{parameter.Name}' in the loop", CheckKey, all =>
        {
            foreach (var loop in loops) loop.Record(all.In(fix.Document.Id));
        })];
    }
}
