using System.Threading;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Structured;

/// <summary>AGD0203: an async void method or local function that nothing forces to be one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncVoidAnalyzer() : GuardAnalyzer(RuleTable.AsyncVoid)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        start.RegisterSymbolAction(context => CheckMethod(context, guard), SymbolKind.Method);
        start.RegisterOperationAction(context => CheckLocalFunction(context, guard), OperationKind.LocalFunction);
    }

    private static void CheckMethod(SymbolAnalysisContext context, GuardContext guard)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (!IsAsyncVoid(method) || IsForced(method) || IsCallback(method, guard) || TaskKeeper.Is(method, guard)
            || CaughtCallback.IsOnly(method, guard) || IsHandler(method, guard, context.CancellationToken)
            || BoundCommand.Is(method, guard, context.CancellationToken))
            return;
        context.ReportDiagnostic(Diagnostic.Create(RuleTable.AsyncVoid, method.Locations[0], method.Name));
    }

    private static void CheckLocalFunction(OperationAnalysisContext context, GuardContext guard)
    {
        var function = ((ILocalFunctionOperation)context.Operation).Symbol;
        if (!IsAsyncVoid(function) || IsCallback(function, guard) || IsHandler(function, guard, context.CancellationToken)) return;
        context.ReportDiagnostic(Diagnostic.Create(RuleTable.AsyncVoid, function.Locations[0], function.Name));
    }

    private static bool IsAsyncVoid(IMethodSymbol method) =>
        method is
        {
            IsAsync: true, ReturnsVoid: true,
            MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation or MethodKind.LocalFunction
        };

    // override async void OnLoad(), async void IView.Load(), partial void OnChanged()
    private static bool IsForced(IMethodSymbol method) =>
        method.IsOverride || FixedSignature.IsPartial(method) || !method.ExplicitInterfaceImplementations.IsEmpty
        || FixedSignature.ImplementsInterface(method);

    // [ModuleInitializer] static async void Start(), [OnDeserialized] async void Restore(StreamingContext context), [Conditional("DEBUG")]
    // async void Check()
    private static bool IsCallback(IMethodSymbol method, GuardContext guard)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (guard.Types.IsCallbackAttribute(attribute.AttributeClass)) return true;
        }

        return false;
    }

    private static bool IsHandler(IMethodSymbol method, GuardContext guard, CancellationToken cancellationToken) =>
        HandlerShape.Is(method) || EventSubscriptions.Has(method.Name, guard.Compilation, cancellationToken) || CallbackUse.IsOnly(method);
}
