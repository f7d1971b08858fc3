using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Awaitables;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Necessity;

/// <summary>AGD0602: <c>Task.Run</c> around calls that are asynchronous themselves, in async code that waits for it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OffloadedAsyncWorkAnalyzer() : GuardAnalyzer(RuleTable.OffloadedAsyncWork)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        // Tests run things at once on purpose.
        if (guard.Types.Task is null || guard.Options.IsTestProject) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var run = (IInvocationOperation)context.Operation;
        if (!TaskMembers.Run.Is(run.TargetMethod)) return;
        if (AsyncWork.In(run, guard) is not { } call || !OffloadedStart.IsWaitedFor(run, guard) || AsyncWork.MayHoldItsCaller(call, guard))
            return;
        if (!CodeContext.Of(run, context.ContainingSymbol, guard).IsAsync || RecordedCode.Is(run, guard)) return;

        // async Task PumpAsync() { …; await Task.Run(PumpAsync); }: the stack starts anew each time
        if (SymbolEqualityComparer.Default.Equals(call.OriginalDefinition, context.ContainingSymbol.OriginalDefinition)) return;

        // async Task OnSave() => await Task.Run(SaveAsync): what SaveAsync does after its awaits is taken off the thread of the window
        if (UserInterface.MayHold(context.ContainingSymbol.ContainingType, guard)) return;

        context.Report(RuleTable.OffloadedAsyncWork, run.Syntax, call.Name);
    }
}
