using System.Composition;
using AsyncGuard.Analysis.Awaitables;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Finished;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Fixes.Necessity;

/// <summary>
/// Drops <c>async</c>: <c>return r;</c> → <c>return Task.FromResult(r);</c>, the end → <c>return Task.CompletedTask;</c>. What the body
/// throws has always ended in the task, and still does: a body that can throw gets a <c>catch</c> that returns <c>Task.FromException</c>.
/// Where that could be a cancellation, it would end the task as a failure, and the fix needs a review.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AsyncWithoutAwaitFix() : GuardFix(RuleTable.AsyncWithoutAwait)
{
    private const string Key = "AGD0601.Synchronous";
    private const string CatchingKey = "AGD0601.Catching";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<SyntaxNode>(
            static node => node is MethodDeclarationSyntax or LocalFunctionStatementSyntax) is not { } function)
            return null;
        if (fix.Model.GetDeclaredSymbol(function, fix.CancellationToken) is not IMethodSymbol { IsAsync: true } method) return null;
        if (SyncOnlyFunction.IsOtherThanAsync(method, function, fix)) return null;
        if (AwaitlessBody.Of(method, fix.CancellationToken) is null || SynchronousBody.Of(function, method, fix) is not { } body)
            return null;

        return new FixPlan("Drop 'async' and return a finished task", body.MayCatchCancellation ? CatchingKey : Key, all =>
        {
            var edits = all.In(fix.Document.Id);
            body.Record(edits);
            KnownImports.AddTask(edits, function, fix);
            if (body.Catches) KnownImports.Add(fix.Guard.Types.Exception, edits, function, fix);
        });
    }
}
