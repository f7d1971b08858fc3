using System.Composition;
using AsyncGuard.Analysis.Blocking;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixes.Structured;

/// <summary>
/// <c>retry.Execute(async () => …)</c> → <c>retry.ExecuteAsync(async () => …)</c>, awaited where nothing else takes its task.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SyncRunnerFix() : GuardFix(RuleTable.SyncRunner)
{
    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>(
            node => node.Span == fix.Diagnostic.Location.SourceSpan) is not { } call)
            return null;
        if (NameOf(call) is not { } name || fix.OperationOf(call) is not IInvocationOperation operation
            || SyncRunner.SiblingOf(operation, fix.Guard) is not { } sibling)
            return null;

        // retry.Execute(async () => …); drops the task: a sibling that is not awaited would do the same
        var isDropped = call.Parent is ExpressionStatementSyntax;
        var signature = isDropped ? AsyncSignature.For(call, fix) : null;
        if (isDropped && (signature is null || !Awaiting.IsLegalAt(operation) || EnclosingFunction.IsInsideLock(call))) return null;

        var configureAwait = isDropped && Awaiting.UsesConfigureAwait(call, fix, sibling.ReturnType);
        return new FixPlan($"Use '{sibling.Name}'", "AGD0216.Sibling", all =>
        {
            var edits = all.In(fix.Document.Id);
            edits.Replace(name,
                current => ((SimpleNameSyntax)current).WithIdentifier(Identifier(sibling.Name)
                    .WithTriviaFrom(((SimpleNameSyntax)current).Identifier)));
            if (isDropped)
                edits.Replace(call, current => Awaiting.InPlaceOf((ExpressionSyntax)current, (ExpressionSyntax)current, configureAwait));
            signature?.Record(edits);
        });
    }

    private static SimpleNameSyntax? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax name => name,
        _ => null,
    };
}
