using System.Collections.Immutable;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Precedence;
using AsyncGuard.Analysis.Tasks.Awaits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Structured;

/// <summary>
/// AGD0206: tasks that run at the same time are awaited one after the other, so that a failure of the first abandons the rest.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SequentialAwaitsAnalyzer() : GuardAnalyzer(RuleTable.SequentialAwaits)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.NotifyCompletion is null) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.Await);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var awaited = (IAwaitOperation)context.Operation;
        if (AwaitedInLoop.Of(awaited, guard) is { } collection)
        {
            var item = Unwrapped.Awaited(awaited.Operation).Syntax.ToString();
            context.Report(RuleTable.SequentialAwaits, awaited.Syntax, item, $"the others in '{collection.Name}' keep running", "them");
            return;
        }

        if (SequentialAwaits.AwaitedLocal(awaited) is not { } local || !guard.Awaitables.IsAwaitable(local.Type)) return;
        var left = SequentialAwaits.LeftAloneAt(awaited, context.GetControlFlowGraph(), guard);
        if (left.IsEmpty
            || Verdict.IsOfOther(Finding.SequentialAwaits, awaited, context.ContainingSymbol, context.GetControlFlowGraph, guard))
            return;
        context.Report(RuleTable.SequentialAwaits, awaited.Syntax, local.Name,
            Names(left) + (left.Length == 1 ? " keeps running" : " keep running"), left.Length == 1 ? "it" : "them");
    }

    // 'b', 'c' and 'd'
    private static string Names(ImmutableArray<ILocalSymbol> locals)
    {
        var names = "'" + locals[0].Name + "'";
        for (var i = 1; i < locals.Length; i++) names += (i == locals.Length - 1 ? " and '" : ", '") + locals[i].Name + "'";
        return names;
    }
}
