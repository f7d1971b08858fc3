using System.Composition;
using AsyncGuard.Analysis.Blocking;
using AsyncGuard.Editing.Async;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Fixes.Blocking;

/// <summary>
/// <c>using (gate.LockAsync())</c> → <c>using (await gate.LockAsync())</c>, with <c>await using</c> where the result asks for it.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnawaitedResourceFix() : GuardFix(RuleTable.UnawaitedResource)
{
    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<ExpressionSyntax>(node => node.Span == fix.Diagnostic.Location.SourceSpan) is not { } task
            || UsingAround(task) is not { } use)
            return null;
        if (fix.OperationOf(task) is not { } operation || !Awaiting.IsLegalAt(operation)
            || AsyncSignature.For(task, fix, mayHold: true) is not { } signature)
            return null;
        if (fix.Guard.Awaitables.ResultOf(operation.Type) is not { } result) return null;

        var isAsync = !fix.Guard.Awaitables.IsAwaitable(result) && IsDisposedAsynchronously(result, fix);
        var configureAwait = Awaiting.UsesConfigureAwait(task, fix, operation.Type);
        return new FixPlan("Await it", "AGD0111.Await", all =>
        {
            var edits = all.In(fix.Document.Id);
            edits.Replace(task, current => Awaiting.InPlaceOf((ExpressionSyntax)current, (ExpressionSyntax)current, configureAwait));
            if (isAsync) edits.Replace(use, AwaitUsing.Plain);
            signature.Record(edits);
        });
    }

    private static StatementSyntax? UsingAround(ExpressionSyntax task)
    {
        for (var node = task.Parent; node is not null; node = node.Parent)
        {
            if (node is StatementSyntax statement)
                return statement is UsingStatementSyntax or LocalDeclarationStatementSyntax ? statement : null;
        }

        return null;
    }

    private static bool IsDisposedAsynchronously(ITypeSymbol result, FixContext fix) =>
        SyncDisposal.Is(value: null, result, fix.Guard)
        || (fix.Guard.Types.AsyncDisposable is { } contract && Implements(result, contract)
        && !Implements(result, fix.Guard.Types.Disposable!));

    private static bool Implements(ITypeSymbol type, INamedTypeSymbol contract)
    {
        if (SymbolEqualityComparer.Default.Equals(type, contract)) return true;
        foreach (var implemented in type.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(implemented, contract)) return true;
        }

        return false;
    }
}
