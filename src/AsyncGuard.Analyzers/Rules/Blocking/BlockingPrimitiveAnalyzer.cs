using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Blocking;
using AsyncGuard.Analysis.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Blocking;

/// <summary>AGD0104: a call in async code that blocks, and that nothing awaitable can take the place of.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingPrimitiveAnalyzer() : GuardAnalyzer(RuleTable.BlockingPrimitive)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard) =>
        start.RegisterInAsyncMembers(guard, context => Check(context, guard), OperationKind.Invocation, OperationKind.ObjectCreation,
        OperationKind.PropertyReference, OperationKind.Loop);

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        if (BlockingPrimitive.Of(context.Operation, context.ContainingSymbol, guard, out var place) is not { } primitive
            || NoReturn.IsLastBeforeExit(context.Operation, guard))
            return;

        var hint = place.Obstacle == AwaitObstacle.None ? FixHints.None : FixHints.CannotAwait;
        var name = MemberNames.Full(primitive.Target);
        var syntax = context.Operation is IForEachLoopOperation loop ? loop.Collection.Syntax : context.Operation.Syntax;
        context.Report(RuleTable.BlockingPrimitive, syntax, hint, name, place.Obstacle.Explain(),
            Advice(primitive, guard));
    }

    private static string Advice(BlockingPrimitive primitive, GuardContext guard) =>
        primitive.IsThreadAffine ? "await a 'SemaphoreSlim' or a 'TaskCompletionSource' in its place"
        : primitive.IsLazy && primitive.AsyncSequence(guard) is { } sequence ? $"enumerate '{sequence}' with 'await foreach'"
        : primitive.IsLazy ? "enumerate it on the thread pool with 'Task.Run'"
        : "run it on the thread pool with 'Task.Run'";
}
