using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Lifetimes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Blocking;

/// <summary>AGD0110: a <c>TransactionScope</c> that belongs to one thread is alive over an <c>await</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TransactionWithoutFlowAnalyzer() : GuardAnalyzer(RuleTable.TransactionWithoutFlow)
{
    private const int Suppress = 0;

    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.TransactionScope is not { } scope || guard.Types.TransactionScopeAsyncFlowOption is not { } option) return;
        start.RegisterOperationAction(context => Check(context, scope, option), OperationKind.ObjectCreation);
    }

    private static void Check(OperationAnalysisContext context, INamedTypeSymbol scope, INamedTypeSymbol option)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (!SymbolEqualityComparer.Default.Equals(creation.Type, scope) || MayFlow(creation, option)
            || !AwaitedScope.IsAliveAtAwait(creation))
            return;
        context.Report(RuleTable.TransactionWithoutFlow, creation.Syntax);
    }

    // new TransactionScope(TransactionScopeAsyncFlowOption.Enabled), new TransactionScope(option)
    private static bool MayFlow(IObjectCreationOperation creation, INamedTypeSymbol option)
    {
        foreach (var argument in creation.Arguments)
        {
            if (SymbolEqualityComparer.Default.Equals(argument.Parameter?.Type, option))
                return argument.Value.ConstantValue is not { HasValue: true, Value: Suppress };
        }

        return false;
    }
}
