using System.Collections.Generic;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Cpu;
using AsyncGuard.Analysis.Effects;
using AsyncGuard.Analysis.Precedence;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Blocking;

/// <summary>
/// AGD0106: work in async code that keeps the processor busy for long, where it stands or through whatever number of calls.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CpuWorkAnalyzer() : GuardAnalyzer(RuleTable.CpuWork)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.Task is null) return;
        start.RegisterInAsyncMembers(
            guard,
            context => Check(context, guard),
            OperationKind.Invocation,
            OperationKind.ObjectCreation,
            OperationKind.PropertyReference,
            OperationKind.FieldReference,
            OperationKind.Binary,
            OperationKind.Conversion,
            OperationKind.MethodReference,
            OperationKind.Loop);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        if (!CodeContext.MayBeAsync(context.Operation, context.ContainingSymbol, guard)) return;
        if (context.Operation is ILoopOperation) CheckLoop(context, guard);
        CheckCall(context, guard);
    }

    private static void CheckLoop(OperationAnalysisContext context, GuardContext guard)
    {
        var loop = (ILoopOperation)context.Operation;
        var place = CodeContext.Of(loop, context.ContainingSymbol, guard);
        if (!place.IsAsync || CpuHotspot.Of(loop, context.ContainingSymbol, guard) is not { } leaf) return;
        if (OffloadedWork.Is(loop, place, guard) || HeavyLoop.Around(loop, leaf.IsCertain, context.ContainingSymbol, guard) is not null)
            return;

        var hint = place.Obstacle == AwaitObstacle.None ? FixHints.None : FixHints.CannotAwait;
        Report(context, KeywordOf(loop.Syntax), leaf.IsCertain, null, hint, "The loop", place.Obstacle.Explain(), leaf.Reason);
    }

    private static void CheckCall(OperationAnalysisContext context, GuardContext guard)
    {
        var operation = context.Operation;
        var leaf = operation is ILoopOperation ? null : CpuHotspot.Of(operation, context.ContainingSymbol, guard);
        if (leaf is null && !CpuWork.Of(guard).Called.IsWorthFollowing(operation, context.ContainingSymbol)) return;

        var place = CodeContext.Of(operation, context.ContainingSymbol, guard);
        if (!place.IsAsync) return;

        CallPath? way = null;
        BodyCall? call = null;
        if (leaf is null && (way = WayOf(context, guard, out call)) is null) return;
        if (OffloadedWork.Is(operation, place, guard)
            || Verdict.IsOfOther(Finding.Cpu, operation, context.ContainingSymbol, context.GetControlFlowGraph, guard)
            || HeavyLoop.Around(operation, isCertain: true, context.ContainingSymbol, guard) is not null) return;

        var hint = place.Obstacle == AwaitObstacle.None ? FixHints.None : FixHints.CannotAwait;
        var location = (call?.Place ?? operation.Syntax).GetLocation();
        if (leaf is not null)
            Report(context, location, leaf.IsCertain, null, hint, $"'{leaf.Name}'", place.Obstacle.Explain(), leaf.Reason);
        else Report(context, location, IsCertain(call!, guard) && !IsOnce(call!, way!, context.Operation), way!.Hops(), hint, $"'{call!.Name}'", place.Obstacle.Explain(),
            way.PathFrom(call.Name));
    }

    private static CallPath? WayOf(OperationAnalysisContext context, GuardContext guard, out BodyCall? call)
    {
        var calls = new List<BodyCall>();
        CpuWork.Of(guard).Called.Collect(context.Operation, context.ContainingSymbol, graphOfMember: null, calls);
        foreach (var isCertain in new[] { true, false })
        {
            foreach (var one in calls)
            {
                if (CpuWork.Of(guard).PathOf(one, isCertain) is not { } way
                    || (one.InitializedType is { } type
                    && !TypeInitializers.Of(guard).IsFirstTouch(context.Operation, type, context.ContainingSymbol)))
                    continue;
                call = one;
                return way;
            }
        }

        call = null;
        return null;
    }

    private static bool IsCertain(BodyCall call, GuardContext guard) => CpuWork.Of(guard).PathOf(call, isCertain: true) is not null;

    // Lazy<byte[]> _hash = new(() => Hash()); … _hash.Value: the second call does not work any more
    private static bool IsOnce(BodyCall call, CallPath way, IOperation operation) => call.IsOnce || way.IsOnce || OnceOnly.Is(operation);

    private static void Report(OperationAnalysisContext context, Location location, bool isCertain, IEnumerable<Location>? hops,
        System.Collections.Immutable.ImmutableDictionary<string, string?> hint, params object[] arguments) =>
        context.Report(Diagnostic.Create(RuleTable.CpuWork, location, isCertain ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
        hops, hint, arguments), context.Operation.Syntax);

    private static Location KeywordOf(SyntaxNode loop) => loop switch
    {
        ForStatementSyntax counting => counting.ForKeyword.GetLocation(),
        CommonForEachStatementSyntax each => each.ForEachKeyword.GetLocation(),
        WhileStatementSyntax looking => looking.WhileKeyword.GetLocation(),
        DoStatementSyntax looking => looking.DoKeyword.GetLocation(),
        _ => loop.GetLocation(),
    };
}
