using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Concurrency;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Structured;

/// <summary>AGD0214: one database context, connection or transaction is used by several tasks at the same time.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedContextAnalyzer() : GuardAnalyzer(RuleTable.SharedContext)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.Task is null || guard.Types.DbConnection is null) return;
        start.RegisterOperationAction(context => CheckJoin(context, guard), OperationKind.Invocation);
        start.RegisterOperationAction(context => CheckVariable(context, guard), OperationKind.VariableDeclarator);
        start.RegisterOperationAction(context => CheckLambda(context, guard), OperationKind.AnonymousFunction);
    }

    // await Task.WhenAll(db.Orders.ToListAsync(), db.Customers.ToListAsync())
    private static void CheckJoin(OperationAnalysisContext context, GuardContext guard)
    {
        var join = (IInvocationOperation)context.Operation;
        if (!guard.Apis.MayHave(join.TargetMethod.Name, ApiTraits.JoinsAll)) return;
        foreach (var (second, shared) in SharedMeeting.In(join, guard)) Report(second, shared, context, guard);
    }

    // var orders = db.Orders.ToListAsync(); var customers = await db.Customers.ToListAsync();
    private static void CheckVariable(OperationAnalysisContext context, GuardContext guard)
    {
        var declarator = (IVariableDeclaratorOperation)context.Operation;
        if (guard.Awaitables.IsAwaitable(declarator.Symbol.Type) && SharedMeeting.After(declarator, guard) is var (second, shared))
            Report(second, shared, context, guard);
    }

    // await Task.WhenAll(ids.Select(async id => await db.Orders.FindAsync(id)))
    private static void CheckLambda(OperationAnalysisContext context, GuardContext guard)
    {
        var lambda = (IAnonymousFunctionOperation)context.Operation;
        if (guard.Awaitables.IsAwaitable(lambda.Symbol.ReturnType) && SharedMeeting.InLambda(lambda, guard) is { } shared)
            Report(lambda, shared, context, guard);
    }

    private static void Report(IOperation place, AccessPath shared, OperationAnalysisContext context, GuardContext guard)
    {
        if (RecordedCode.Is(place, guard)) return;
        var advice = guard.Types.DbContextFactory is null ? "await one after the other, or open one for each task"
            : "await one after the other, or get one for each task from an 'IDbContextFactory'";
        context.Report(RuleTable.SharedContext, place.Syntax, shared.Root.Name, advice);
    }
}
