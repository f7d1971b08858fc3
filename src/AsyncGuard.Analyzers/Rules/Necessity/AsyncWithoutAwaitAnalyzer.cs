using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Awaitables;
using AsyncGuard.Analysis.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Necessity;

/// <summary>AGD0601: an async method or local function that awaits nothing, and that nothing forces to be async.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncWithoutAwaitAnalyzer() : GuardAnalyzer(RuleTable.AsyncWithoutAwait)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.Task is null) return;
        start.RegisterSymbolAction(context => CheckMethod(context, guard), SymbolKind.Method);
        start.RegisterOperationAction(context => CheckLocalFunction(context, guard), OperationKind.LocalFunction);
    }

    private static void CheckMethod(SymbolAnalysisContext context, GuardContext guard)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (!IsAsyncMethod(method) || AwaitlessBody.Of(method, context.CancellationToken) is null || IsForced(method)
            || NamesBuilder(method, guard))
            return;
        context.ReportDiagnostic(Diagnostic.Create(RuleTable.AsyncWithoutAwait, method.Locations[0], method.Name));
    }

    private static void CheckLocalFunction(OperationAnalysisContext context, GuardContext guard)
    {
        var function = ((ILocalFunctionOperation)context.Operation).Symbol;
        if (!IsAsyncMethod(function) || AwaitlessBody.Of(function, context.CancellationToken) is null || NamesBuilder(function, guard))
            return;
        context.ReportDiagnostic(Diagnostic.Create(RuleTable.AsyncWithoutAwait, function.Locations[0], function.Name));
    }

    private static bool IsAsyncMethod(IMethodSymbol method) =>
        method is
        {
            IsAsync: true, ReturnsVoid: false, IsImplicitlyDeclared: false,
            MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation or MethodKind.LocalFunction
        };

    // override async Task LoadAsync(), async Task IView.LoadAsync(), partial Task LoadAsync(): others decide that they return a task
    private static bool IsForced(IMethodSymbol method) =>
        method.IsOverride || FixedSignature.IsPartial(method) || !method.ExplicitInterfaceImplementations.IsEmpty
        || FixedSignature.ImplementsInterface(method);

    // [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static bool NamesBuilder(IMethodSymbol method, GuardContext guard)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, guard.Types.AsyncMethodBuilderAttribute)) return true;
        }

        return false;
    }
}
