using System.Composition;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Groups;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Fixes.Structured;

/// <summary><c>try { return LoadAsync(); } catch …</c> → <c>return await LoadAsync();</c> in an async function.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class TaskReturnedFromTryFix() : GuardFix(RuleTable.TaskReturnedFromTry)
{
    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<ReturnStatementSyntax>() is not { Expression: { } task }
            || task.Span != fix.Diagnostic.Location.SourceSpan)
            return null;
        if (EnclosingFunction.Of(task) is not { } function || EnclosingFunction.IsAsync(function)) return null;
        if (WorkThatTakes.IsHeldBy(task, fix)) return null;
        if (fix.OperationOf(task) is not { } operation || !Awaiting.IsLegalAt(operation)
            || AsyncSignature.For(task, fix, mayHold: true) is not { } signature)
            return null;
        return new FixPlan("Await it inside the 'try'", "AGD0217.Await", all => signature.Record(all.In(fix.Document.Id)));
    }
}
