using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Blocking;
using AsyncGuard.Analysis.Causes;
using AsyncGuard.Analysis.Precedence;
using AsyncGuard.Analysis.Waiting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Rules.Blocking;

/// <summary>
/// AGD0108: synchronous code waits for a task. Worse where no caller expects it to take long, or where a lock is held meanwhile.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SyncOverAsyncAnalyzer() : GuardAnalyzer(RuleTable.SyncOverAsync)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        // What a test holds is the thread of its runner, which has no other work.
        if (guard.Options.IsTestProject) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.Invocation);
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.PropertyReference);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        if (TaskWait.Of(context.Operation, guard) is null) return;
        if (SyncOverAsync.Of(context.Operation, context.ContainingSymbol, context.GetControlFlowGraph, guard) is not { } found
            || Verdict.IsOfOther(Finding.SyncOverAsync, context.Operation, context.ContainingSymbol, context.GetControlFlowGraph, guard))
            return;
        if (BlockingCauses.Of(guard).IsShared(context.Operation.Syntax)) return;

        var (place, advice) = found.Kind switch
        {
            SyncCodeKind.Constructor => ("a constructor", "await it in an async factory method"),
            SyncCodeKind.Dispose when IsAsyncDisposable(context.ContainingSymbol, guard) =>
                ("'Dispose'", "dispose of the object with 'await using', as it has 'DisposeAsync'"),
            SyncCodeKind.Dispose => ("'Dispose'", "implement 'IAsyncDisposable' and await it there"),
            SyncCodeKind.StaticInitializer =>
                ("a static initializer, under its lock", "await it in a method, or keep it as a 'Lazy<Task<T>>'"),
            SyncCodeKind.Property => ("a property", "await it in an async method"),
            SyncCodeKind.ServiceFactory =>
                ("a service factory, under the container's lock", "await it before the registration, or register the task"),
            SyncCodeKind.Request => ("code that serves requests", "make the method async and await it"),
            _ => ("synchronous code", "make the method async and await it"),
        };
        var severity = found.Kind == SyncCodeKind.Plain ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning;
        context.Report(Diagnostic.Create(RuleTable.SyncOverAsync, context.Operation.Syntax.GetLocation(), severity, null, null,
            found.Wait.Name, place, advice), context.Operation.Syntax);
    }

    private static bool IsAsyncDisposable(ISymbol member, GuardContext guard) =>
        member.ContainingType is { } type && guard.Types.AsyncDisposable is { } contract && type.AllInterfaces.ContainsSymbol(contract);
}
