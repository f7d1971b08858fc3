using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Awaitables;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Precedence;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Awaitables;

/// <summary>AGD0404: what others await is completed where all goes well, and never where it fails.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UncompletedSourceAnalyzer() : GuardAnalyzer(RuleTable.UncompletedSource)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.TaskCompletionSourceOfT is not null)
            start.RegisterOperationAction(context => CheckSource(context, guard), OperationKind.ObjectCreation);
        if (guard.Types.ChannelWriterOfT is not null)
            start.RegisterOperationAction(context => CheckWriter(context, guard), OperationKind.Invocation);
    }

    private static void CheckSource(OperationAnalysisContext context, GuardContext guard)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (creation.Type is not INamedTypeSymbol type || !guard.Awaitables.IsCompletionSource(type)) return;
        if (Verdict.IsOfOther(Finding.UncompletedSource, creation, context.ContainingSymbol, guard)) return;
        if (CompletionPaths.FailureLeftOpen(creation, guard) is not { } completion || RecordedCode.Is(creation, guard)) return;

        context.Report(RuleTable.UncompletedSource, creation.Syntax, type.Name, completion.TargetMethod.Name,
            "its task never ends; set the exception in a 'catch'");
    }

    private static void CheckWriter(OperationAnalysisContext context, GuardContext guard)
    {
        var completion = (IInvocationOperation)context.Operation;
        if (!ThreadingMembers.CompleteWriter.Is(completion.TargetMethod)) return;
        if (!ProducerEnd.IsLeftOpen(completion, guard)) return;

        context.Report(RuleTable.UncompletedSource, completion.Syntax, "ChannelWriter", completion.TargetMethod.Name,
            "its reader waits forever; complete it in a 'finally', or with the exception in a 'catch'");
    }
}
