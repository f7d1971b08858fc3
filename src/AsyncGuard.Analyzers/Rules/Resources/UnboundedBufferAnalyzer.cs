using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Concurrency;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Resources;

/// <summary>AGD0502: a buffer without a limit, between a writer that nothing slows down and a reader that takes its time.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnboundedBufferAnalyzer() : GuardAnalyzer(RuleTable.UnboundedBuffer)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Options.IsTestProject) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.Invocation, OperationKind.ObjectCreation);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var made = context.Operation;
        ISymbol? target = made is IInvocationOperation call ? call.TargetMethod : ((IObjectCreationOperation)made).Constructor;
        if (target is null || !guard.Apis.Find(target, ApiTraits.Unlimited, out var entry)
            || UnboundedBuffer.Of(made, guard) is not { IsOutrun: true })
            return;

        context.Report(RuleTable.UnboundedBuffer, made.Syntax, entry.Answer ?? "BoundedCapacity");
    }
}
