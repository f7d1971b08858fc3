using System.Composition;
using System.Linq;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Blocking;
using AsyncGuard.Editing.Async;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

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
        if (fix.Guard.Awaitables.ResultOf(operation.Type) is not { } result || IsNullOnSomePath(operation)) return null;

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

    // using (gate?.LockAsync()): a using of null does nothing, an await of it throws
    private static bool IsNullOnSomePath(IOperation? task) => task switch
    {
        IConditionalAccessOperation or { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation => true,
        IConversionOperation conversion => IsNullOnSomePath(conversion.Operand),
        IParenthesizedOperation inner => IsNullOnSomePath(inner.Operand),
        IConditionalOperation choice => IsNullOnSomePath(choice.WhenTrue) || IsNullOnSomePath(choice.WhenFalse),
        ICoalesceOperation choice => IsNullOnSomePath(choice.WhenNull),
        ISwitchExpressionOperation choice => choice.Arms.Any(static arm => IsNullOnSomePath(arm.Value)),
        _ => false,
    };

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
        || (fix.Guard.Types.AsyncDisposable is { } contract && result.Implements(contract)
        && !result.Implements(fix.Guard.Types.Disposable!));
}
