using System.Collections.Generic;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Effects;
using AsyncGuard.Analysis.Precedence;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Blocking;

/// <summary>AGD0105: a call in async code of something that is not async itself and reaches a blocking call, through whatever number of calls.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IndirectBlockingAnalyzer() : GuardAnalyzer(RuleTable.IndirectBlocking)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.Task is null) return;
        start.RegisterInAsyncMembers(
            guard,
            context => Check(context, guard),
            OperationKind.Invocation,
            OperationKind.PropertyReference,
            OperationKind.FieldReference,
            OperationKind.ObjectCreation,
            OperationKind.Binary,
            OperationKind.Unary,
            OperationKind.Increment,
            OperationKind.Decrement,
            OperationKind.CompoundAssignment,
            OperationKind.Conversion,
            OperationKind.EventAssignment,
            OperationKind.MethodReference,
            OperationKind.Loop,
            OperationKind.Using,
            OperationKind.UsingDeclaration);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var operation = context.Operation;
        if (!CodeContext.MayBeAsync(operation, context.ContainingSymbol, guard) || !CalledMembers.OfBlocking(guard).IsWorthFollowing(operation, context.ContainingSymbol)) return;

        var place = CodeContext.Of(operation, context.ContainingSymbol, guard);
        if (!place.IsAsync) return;
        if (Blocking(context, guard, out var cause) is not { } call) return;
        if (Verdict.IsOfOther(Finding.Indirect, operation, context.ContainingSymbol, guard) || SynchronousMode.Is(operation, TwinOf(operation))) return;

        Report(context, call, cause!, place);
    }

    private static BodyCall? Blocking(OperationAnalysisContext context, GuardContext guard, out CallPath? cause)
    {
        var calls = new List<BodyCall>();
        CalledMembers.OfBlocking(guard).Collect(context.Operation, context.ContainingSymbol, context.GetControlFlowGraph, calls);
        foreach (var call in calls)
        {
            cause = BlockingEffects.Of(guard).PathOf(call);
            if (cause is null || (call.InitializedType is { } type && !TypeInitializers.Of(guard).IsFirstTouch(context.Operation, type, context.ContainingSymbol))) continue;
            return call;
        }

        cause = null;
        return null;
    }

    private static string TwinOf(IOperation operation) => operation is IInvocationOperation call ? call.TargetMethod.Name + "Async" : "";

    private static void Report(OperationAnalysisContext context, BodyCall call, CallPath cause, CodeContext place)
    {
        var name = call.Name;
        var path = call.IsLeaf ? "it is marked so" : cause.PathFrom(name);
        var hint = place.Obstacle == AwaitObstacle.None ? FixHints.None : FixHints.CannotAwait;
        var location = context.Operation.Syntax switch
        {
            UsingStatementSyntax use => use.UsingKeyword.GetLocation(),
            LocalDeclarationStatementSyntax use => use.UsingKeyword.GetLocation(),
            _ => call.Place.GetLocation(),
        };
        var advice = "move it to another thread with 'Task.Run', or make it async";
        context.Report(Diagnostic.Create(RuleTable.IndirectBlocking, location, cause.Hops(), hint, name, place.Obstacle.Explain(), path, advice), context.Operation.Syntax);
    }
}
