using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Lifetimes;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Resources;

/// <summary>AGD0503: a body or file is read into memory as a whole, only to be parsed or copied once.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HeldBodyAnalyzer() : GuardAnalyzer(RuleTable.HeldBody)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.Task is null) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var read = (IInvocationOperation)context.Operation;
        if (!guard.Apis.Find(read.TargetMethod, ApiTraits.HoldsWhole, out var source)
            || HeldBody.ConsumerOf(read, guard) is not { } consumer)
            return;
        if (HeldBody.IsOfMemory(read, consumer, guard) || RecordedCode.Is(read, guard)) return;

        var target = HeldBody.TargetOf(consumer)!;
        guard.Apis.Find(target, ApiTraits.TakesWhole, out var taker);
        context.Report(RuleTable.HeldBody, read.Syntax, MemberNames.Full(read.TargetMethod), MemberNames.Full(target),
            Advice(source, taker));
    }

    private static string Advice(ApiEntry source, ApiEntry? taker)
    {
        if (taker is { Answer: ConventionalNames.CopyToAsync }) return $"'{ConventionalNames.CopyToAsync}'";
        return (source.Answer, taker?.Answer) switch
        {
            ({ } stream, { } reader) => $"'{stream}' and '{reader}'",
            ({ } stream, null) => $"'{stream}'",
            (null, { } reader) => $"'{reader}'",
            _ => "a reader that takes a stream",
        };
    }
}
