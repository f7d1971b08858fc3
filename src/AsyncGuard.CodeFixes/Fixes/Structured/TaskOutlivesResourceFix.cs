using System.Composition;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Groups;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Fixes.Structured;

/// <summary>
/// <c>using var reader = …; return reader.ReadToEndAsync();</c> → <c>return await reader.ReadToEndAsync();</c> in an async function; the
/// same in a <c>try</c> whose <c>finally</c> disposes.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class TaskOutlivesResourceFix() : GuardFix(RuleTable.TaskOutlivesResource)
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
        var scope = IsInUsing(task) ? "using" : "try";
        return new FixPlan($"Await it inside the '{scope}'", "AGD0210.Await", all => signature.Record(all.In(fix.Document.Id)));
    }

    private static bool IsInUsing(SyntaxNode task)
    {
        foreach (var node in task.Ancestors())
        {
            if (node is UsingStatementSyntax) return true;
            if (node is not BlockSyntax block) continue;
            foreach (var statement in block.Statements)
            {
                if (statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } && statement.SpanStart < task.SpanStart)
                    return true;
            }
        }

        return false;
    }
}
