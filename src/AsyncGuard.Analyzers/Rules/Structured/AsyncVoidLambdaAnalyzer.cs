using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Structured;

/// <summary>AGD0204: an async lambda or method group becomes a delegate that returns nothing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncVoidLambdaAnalyzer() : GuardAnalyzer(RuleTable.AsyncVoidLambda)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        start.RegisterOperationAction(context => Check(context, ((IAnonymousFunctionOperation)context.Operation).Symbol, guard),
            OperationKind.AnonymousFunction);
        start.RegisterOperationAction(context => Check(context, ((IMethodReferenceOperation)context.Operation).Method, guard),
            OperationKind.MethodReference);
    }

    private static void Check(OperationAnalysisContext context, IMethodSymbol function, GuardContext guard)
    {
        if (!function.IsAsync || !function.ReturnsVoid || HandlerShape.Is(function)) return;
        var use = Unwrapped.DelegateAround(context.Operation).Parent;
        if (IsSubscription(use) || IsSubscribedLater(use, context, guard) || use is INameOfOperation
            || IsUnfinished(context.Operation) || RecordedCode.Is(context.Operation, guard) || CaughtCallback.Is(context.Operation, guard)
            || PostedWork.IsAllOf(context.Operation, guard))
            return;

        var what = context.Operation is IAnonymousFunctionOperation ? "The async lambda" : $"'{function.Name}'";
        context.Report(RuleTable.AsyncVoidLambda, context.Operation.Syntax, what, Advice((use as IArgumentOperation)?.Parent, guard));
    }

    // choice.Match(async x => await Unknown(x)): what a body with errors returns, and so which overload takes it, is not known
    private static bool IsUnfinished(IOperation function)
    {
        if (function is not IAnonymousFunctionOperation) return false;
        foreach (var operation in function.Descendants())
        {
            if (operation is IInvalidOperation) return true;
        }

        return false;
    }

    // button.Click += async (sender, e) => …, changed += async () => …, button.Click -= OnClick
    private static bool IsSubscription(IOperation? use) => use is IEventAssignmentOperation or ICompoundAssignmentOperation;

    // Action refresh = async () => …; source.Changed += refresh;
    private static bool IsSubscribedLater(IOperation? use, OperationAnalysisContext context, GuardContext guard)
    {
        var name = use switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol.Name,
            IFieldInitializerOperation field => field.InitializedFields[0].Name,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation local } => local.Local.Name,
            ISimpleAssignmentOperation { Target: IMemberReferenceOperation member } => member.Member.Name,
            _ => null,
        };
        return name is not null && EventSubscriptions.Has(name, guard.Compilation, context.CancellationToken);
    }

    private static string Advice(IOperation? receiver, GuardContext guard) => receiver switch
    {
        IInvocationOperation { TargetMethod: var method } when ThreadingMembers.ParallelForEach.Is(method) =>
            "use 'Parallel.ForEachAsync'",
        IInvocationOperation { TargetMethod.Name: var name } when CollectionNames.GoesThrough(name) => "use 'foreach' with 'await'",
        IObjectCreationOperation { Type: var timer } when guard.Types.IsTimer(timer) => "use 'PeriodicTimer'",
        IObjectCreationOperation { Type: var thread } when guard.Types.IsThread(thread) => "use 'Task.Run'",
        IInvocationOperation { TargetMethod: var queue } when ThreadingMembers.QueueWork.Is(queue) => "use 'Task.Run'",
        _ => "use a 'Func<Task>' that is awaited",
    };
}
