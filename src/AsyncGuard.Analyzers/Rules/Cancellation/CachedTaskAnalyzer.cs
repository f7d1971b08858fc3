using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Cancellation;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Cancellation;

/// <summary>AGD0314: a task that is kept for later callers ends with the token of one of them, or keeps its failure.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CachedTaskAnalyzer() : GuardAnalyzer(RuleTable.CachedTask)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.Task is null || guard.Types.CancellationToken is null) return;
        start.RegisterOperationAction(
            context => Check(context, guard),
            OperationKind.Invocation,
            OperationKind.CoalesceAssignment,
            OperationKind.SimpleAssignment,
            OperationKind.FieldInitializer,
            OperationKind.PropertyInitializer);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var keeping = context.Operation;
        if (!CachedWork.Keeps(keeping, guard) || !CachedTask.IsHandedOut(keeping) || RecordedCode.Is(keeping, guard)) return;
        if (CachedTask.TokenOfCaller(keeping, guard) is { } token)
        {
            context.Report(
                RuleTable.CachedTask,
                token.Syntax,
                $"'{token.Syntax}' belongs to one caller, but the task is cached for others too, so cancelling it fails theirs",
                "start it with 'CancellationToken.None' and wait with 'WaitAsync'");
        }
        else if (CachedTask.KeepsFailure(keeping, guard))
        {
            context.Report(
                RuleTable.CachedTask,
                PlaceOf(keeping).Syntax,
                $"A task in '{NameOf(CachedWork.KeeperOf(keeping)!)}' stays there when it fails, so every later caller gets the same failure",
                "remove a task that has failed");
        }
    }

    // field ??= LoadAsync(), in the property of that name
    private static string NameOf(ISymbol keeper) => (keeper as IFieldSymbol)?.AssociatedSymbol?.Name ?? keeper.Name;

    private static IOperation PlaceOf(IOperation keeping)
    {
        var place = keeping switch
        {
            IAssignmentOperation assignment => assignment.Value,
            ISymbolInitializerOperation initializer => initializer.Value,
            _ => keeping,
        };
        // _loads[key] = task = LoadAsync(key);
        place = Unwrapped.ImplicitConversions(place);
        while (place is ISimpleAssignmentOperation { Value: var value }) place = Unwrapped.ImplicitConversions(value);
        return place;
    }
}
