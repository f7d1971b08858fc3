using System.Composition;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Fixes.Structured;

/// <summary><c>Results.Ok(LoadAsync())</c> → <c>Results.Ok(await LoadAsync())</c>, in an async function or one that becomes it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class TaskAsValueFix() : GuardFix(RuleTable.TaskAsValue)
{
    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<ExpressionSyntax>(node => node.Span == fix.Diagnostic.Location.SourceSpan) is not { } task)
            return null;
        if (fix.OperationOf(task) is not { } operation || !Awaiting.IsLegalAt(operation) || EnclosingFunction.IsInsideLock(task))
            return null;
        if (fix.Guard.Awaitables.ResultOf(operation.Type) is null or { SpecialType: SpecialType.System_Void }) return null;

        var signature = AsyncSignature.For(task, fix);
        var lambda = signature is null ? EndpointAround(task, fix) : null;
        if (signature is null && lambda is null) return null;
        var configureAwait = Awaiting.UsesConfigureAwait(task, fix, operation.Type);
        return new FixPlan("Await it", "AGD0215.Await", all =>
        {
            var edits = all.In(fix.Document.Id);
            edits.Replace(task, current => Awaiting.InPlaceOf((ExpressionSyntax)current, (ExpressionSyntax)current, configureAwait));
            signature?.Record(edits);
            if (lambda is not null && edits.IsFirst(lambda, "async")) edits.Replace(lambda, AsyncSignature.WithAsync);
        });
    }

    // app.MapGet("/", () => Results.Ok(LoadAsync())): whatever the lambda returns is awaited if it can be
    private static AnonymousFunctionExpressionSyntax? EndpointAround(ExpressionSyntax task, FixContext fix) =>
        EnclosingFunction.Of(task) is AnonymousFunctionExpressionSyntax lambda && !EnclosingFunction.IsAsync(lambda)
        && fix.OperationOf(lambda) is IAnonymousFunctionOperation function && !function.Symbol.ReturnsVoid
        && !fix.Guard.Awaitables.IsAwaitable(function.Symbol.ReturnType)
        && FixedSignature.TakesAnyDelegate(function) ? lambda : null;
}
