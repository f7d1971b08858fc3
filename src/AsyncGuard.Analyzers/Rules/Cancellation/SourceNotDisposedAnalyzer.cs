using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Lifetimes.Sources;
using AsyncGuard.Analysis.Precedence;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Cancellation;

/// <summary>AGD0307: a linked or time-limited <c>CancellationTokenSource</c> that is not disposed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SourceNotDisposedAnalyzer() : GuardAnalyzer(RuleTable.SourceNotDisposed)
{
    private const string Linked = "the token it is linked to keeps it alive";
    private const string Timed = "its timer stays alive until the time limit has passed";

    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.CancellationTokenSource is null) return;
        start.RegisterOperationAction(context => CheckCreation(context, guard), OperationKind.ObjectCreation);
        start.RegisterOperationAction(context => CheckCall(context, guard), OperationKind.Invocation);
    }

    // new CancellationTokenSource(1000); var source = new CancellationTokenSource(); source.CancelAfter(1000);
    private static void CheckCreation(OperationAnalysisContext context, GuardContext guard)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (guard.Tokens.IsSource(creation.Type) && (TokenSourceCreation.IsTimed(creation) || TokenSourceFate.IsLimitedLater(creation)))
            Check(context, Timed, guard);
    }

    private static void CheckCall(OperationAnalysisContext context, GuardContext guard)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!guard.Tokens.IsSource(call.Type)) return;
        if (TokenSourceCreation.IsLinked(call, guard)) Check(context, Linked, guard);
        else if (TokenSourceCreation.IsTimed(call, guard)) Check(context, Timed, guard);
    }

    private static void Check(OperationAnalysisContext context, string consequence, GuardContext guard)
    {
        var end = TokenSourceFate.Of(context.Operation, guard);
        if (end == TokenSourceEnd.Disposed || CodeContext.IsInExpressionTree(context.Operation, guard)) return;

        if (consequence == Timed && Verdict.IsOfOther(Finding.SourceNotDisposed, context.Operation, context.ContainingSymbol, guard))
            return;

        var advice = end switch
        {
            TokenSourceEnd.Leaked => "declare it with 'using'",
            TokenSourceEnd.LeakedUnnamed => "keep it in a variable with 'using'",
            TokenSourceEnd.LeakedBehindReturn => "await the task that is returned, and declare the source with 'using'",
            _ => "dispose it with its owner",
        };
        context.Report(RuleTable.SourceNotDisposed, context.Operation.Syntax,
            end == TokenSourceEnd.LeakedBehindReturn ? FixHints.OutlivesCall : FixHints.None, consequence, advice);
    }
}
