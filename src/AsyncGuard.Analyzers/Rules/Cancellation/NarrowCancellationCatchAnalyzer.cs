using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Cancellation;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Precedence;
using AsyncGuard.Analysis.Tokens;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Cancellation;

/// <summary>AGD0311: a handler of <c>TaskCanceledException</c>, by its type or a test, past which its base type goes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NarrowCancellationCatchAnalyzer() : GuardAnalyzer(RuleTable.NarrowCancellationCatch)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.TaskCanceledException is null || guard.Types.OperationCanceledException is null) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.CatchClause);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var clause = (ICatchClauseOperation)context.Operation;
        var isNarrow = SymbolEqualityComparer.Default.Equals(clause.ExceptionType, guard.Types.TaskCanceledException);
        var tests = isNarrow ? null : NarrowTypeTest.Of(clause, guard);
        if (!isNarrow && tests is null) return;

        // the time-out of a client, which is of this very type
        if (CancellationHandler.IsForTimeOut(clause, guard)) return;
        if (IsOneOfSeveral(clause, guard) || OnlyPassesOn(clause) || IsTimeOutOfOthers(clause, guard)) return;
        if (tests is null ? NeedsTheType(clause, CancellationHandler.ExceptionOf(clause), guard) : NeedsTheType(clause, tests, guard))
            return;
        if (CodeContext.IsInExpressionTree(clause, guard)) return;
        if (Verdict.IsOfOther(Finding.NarrowCancellationCatch, clause, context.ContainingSymbol, context.GetControlFlowGraph, guard))
            return;

        context.ReportDiagnostic(Diagnostic.Create(RuleTable.NarrowCancellationCatch,
            ((CatchClauseSyntax)clause.Syntax).CatchKeyword.GetLocation()));
    }

    // catch (TaskCanceledException) { … } catch (OperationCanceledException) { … }, and the other one by a filter
    private static bool IsOneOfSeveral(ICatchClauseOperation clause, GuardContext guard)
    {
        if (clause.Parent is not ITryOperation attempt) return false;
        foreach (var other in attempt.Catches)
        {
            if (SymbolEqualityComparer.Default.Equals(other.ExceptionType, guard.Types.OperationCanceledException)) return true;
            if (ReferenceEquals(other, clause)) continue;
            if (other.Filter is { } filter && CancellationHandler.HasTypeTest(filter, guard) && NarrowTypeTest.Of(other, guard) is null)
                return true;

            // catch (TaskCanceledException) { … } catch (Exception ex) { … ex is TaskCanceledException … }: the first is reported
            if (!guard.Cancellations.Is(clause.ExceptionType) && guard.Cancellations.Is(other.ExceptionType)) return true;
        }

        return false;
    }

    // catch (TaskCanceledException) { throw; }, and no handler after it that the others would reach
    private static bool OnlyPassesOn(ICatchClauseOperation clause) =>
        clause.Parent is ITryOperation { Catches: var catches } && ReferenceEquals(catches[catches.Length - 1], clause)
        && clause.Handler.Operations is { Length: 1 } handler && handler[0] is IThrowOperation { Exception: null };

    // try { await client.GetAsync(url); } catch (TaskCanceledException) { … }: nothing there receives a token, so that it can only be the
    // time-out of a library, which says of which type it is
    private static bool IsTimeOutOfOthers(ICatchClauseOperation clause, GuardContext guard)
    {
        if (clause.Parent is not ITryOperation { Body: var body } || TokenUse.IsIn(body, guard)) return false;
        var calls = false;
        foreach (var operation in body.Descendants())
        {
            if (operation is IForEachLoopOperation { IsAsynchronous: true }) return false;
            if (operation is not IAwaitOperation { Operation: var awaited }) continue;
            if (Unwrapped.Awaited(awaited) is not IInvocationOperation { TargetMethod: var method } || guard.IsOurs(method)
                || SymbolEqualityComparer.Default.Equals(method.ContainingType, guard.Types.Task))
                return false;
            calls = true;
        }

        return calls;
    }

    // ex.Task, Handle(TaskCanceledException ex), var kept = ex
    private static bool NeedsTheType(ICatchClauseOperation clause, ILocalSymbol? exception, GuardContext guard)
    {
        if (exception is null) return false;
        foreach (var operation in clause.Descendants())
        {
            if (operation is not ILocalReferenceOperation { Local: var local } || !SymbolEqualityComparer.Default.Equals(local, exception))
                continue;
            var isAnyCancellation = operation.Parent switch
            {
                IMemberReferenceOperation member => !IsOfTheType(member.Member, guard),
                IInvocationOperation call => !IsOfTheType(call.TargetMethod, guard),
                IConversionOperation { IsImplicit: true } or IThrowOperation or IIsPatternOperation or IIsTypeOperation
                    or IInterpolationOperation => true,
                ICatchClauseOperation or IExpressionStatementOperation => true,
                _ => false,
            };
            if (!isAnyCancellation) return true;
        }

        return false;
    }

    // ex is TaskCanceledException cancelled && cancelled.Task is null
    private static bool NeedsTheType(ICatchClauseOperation clause, NarrowTypeTest tests, GuardContext guard)
    {
        foreach (var name in tests.Names)
        {
            if (NeedsTheType(clause, name, guard)) return true;
        }

        return false;
    }

    private static bool IsOfTheType(ISymbol member, GuardContext guard) =>
        SymbolEqualityComparer.Default.Equals(member.ContainingType, guard.Types.TaskCanceledException);
}
