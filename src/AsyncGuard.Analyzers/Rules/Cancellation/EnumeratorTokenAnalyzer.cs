using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Tokens;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Cancellation;

/// <summary>AGD0310: a token does not get from an enumeration into the async iterator: it is not passed, or not accepted.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EnumeratorTokenAnalyzer() : GuardAnalyzer(RuleTable.EnumeratorToken)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.CancellationToken is null || guard.Types.AsyncEnumerableOfT is null) return;
        start.RegisterOperationAction(context => CheckLoop(context, guard), OperationKind.Loop);
        if (guard.Types.EnumeratorCancellationAttribute is null) return;
        start.RegisterSymbolAction(context => CheckMethod(context, guard), SymbolKind.Method);
        start.RegisterOperationAction(context => CheckLocalFunction(context, guard), OperationKind.LocalFunction);
    }

    // await foreach (var row in ReadAsync())
    private static void CheckLoop(OperationAnalysisContext context, GuardContext guard)
    {
        if (context.Operation is not IForEachLoopOperation loop
            || EnumerationToken.MissingIn(loop, context.ContainingSymbol, guard) is not var (sequence, token))
            return;
        context.Report(RuleTable.EnumeratorToken, sequence.Syntax,
            $"The sequence is enumerated without '{token.Expression}', which is in scope", "pass it, for example with '.WithCancellation'");
    }

    private static void CheckMethod(SymbolAnalysisContext context, GuardContext guard)
    {
        if (Unmarked((IMethodSymbol)context.Symbol, guard) is { } parameter) context.ReportDiagnostic(Create(parameter));
    }

    private static void CheckLocalFunction(OperationAnalysisContext context, GuardContext guard)
    {
        if (Unmarked(((ILocalFunctionOperation)context.Operation).Symbol, guard) is { } parameter)
            context.ReportDiagnostic(Create(parameter));
    }

    // async IAsyncEnumerable<T> ReadAsync(CancellationToken token) { … yield return … }
    private static IParameterSymbol? Unmarked(IMethodSymbol method, GuardContext guard)
    {
        if (!method.IsAsync || method.Parameters.IsEmpty
            || !SymbolEqualityComparer.Default.Equals(method.ReturnType.OriginalDefinition, guard.Types.AsyncEnumerableOfT))
            return null;
        IParameterSymbol? last = null;
        foreach (var parameter in method.Parameters)
        {
            if (!guard.Tokens.IsToken(parameter.Type)) continue;
            if (EnumerationToken.IsMarked(parameter, guard)) return null;
            last = parameter;
        }

        return last;
    }

    private static Diagnostic Create(IParameterSymbol parameter)
    {
        var declaration = parameter.DeclaringSyntaxReferences[0].GetSyntax();
        var place = declaration is ParameterSyntax written ? written.Identifier.GetLocation() : declaration.GetLocation();
        return Diagnostic.Create(RuleTable.EnumeratorToken, place, $"The token of 'WithCancellation' does not reach '{parameter.Name}'",
            "mark it with '[EnumeratorCancellation]'");
    }
}
