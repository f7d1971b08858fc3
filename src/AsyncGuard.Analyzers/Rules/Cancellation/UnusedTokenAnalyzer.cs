using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Cancellation;

/// <summary>AGD0302: a function takes a token and does not use it, so that cancelling has no effect.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnusedTokenAnalyzer() : GuardAnalyzer(RuleTable.UnusedToken)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.CancellationToken is null) return;
        start.RegisterOperationAction(context => CheckMethod(context, guard), OperationKind.MethodBody);
        start.RegisterOperationAction(context => CheckLocalFunction(context, guard), OperationKind.LocalFunction);
        start.RegisterOperationAction(context => CheckLambda(context, guard), OperationKind.AnonymousFunction);
    }

    private static void CheckMethod(OperationAnalysisContext context, GuardContext guard)
    {
        if (context.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Ordinary } method)
            Check(method, context.Operation, context, guard);
    }

    private static void CheckLocalFunction(OperationAnalysisContext context, GuardContext guard) =>
        Check(((ILocalFunctionOperation)context.Operation).Symbol, context.Operation, context, guard);

    // app.MapGet("/", async (CancellationToken token) => …): any other lambda has the parameters that its delegate wants
    private static void CheckLambda(OperationAnalysisContext context, GuardContext guard)
    {
        var lambda = (IAnonymousFunctionOperation)context.Operation;
        // One without types has a delegate that gives them.
        if (lambda.Syntax is SimpleLambdaExpressionSyntax) return;
        if (HasToken(lambda.Symbol, guard) && FixedSignature.TakesAnyDelegate(lambda)) Check(lambda.Symbol, lambda, context, guard);
    }

    private static void Check(IMethodSymbol function, IOperation body, OperationAnalysisContext context, GuardContext guard)
    {
        if (!HasToken(function, guard) || !AwaitsOrLoops(body, guard)) return;
        foreach (var parameter in function.Parameters)
        {
            if (!UnusedToken.Is(parameter, function, guard, context.CancellationToken)) continue;

            // Tests are expected to run to completion; users who want it there can raise its severity.
            var severity = guard.Options.IsTestProject ? DiagnosticSeverity.Hidden : RuleTable.UnusedToken.DefaultSeverity;
            var place = parameter.DeclaringSyntaxReferences[0].GetSyntax(context.CancellationToken);
            context.ReportDiagnostic(Diagnostic.Create(RuleTable.UnusedToken, place.GetLocation(), severity, null, null, parameter.Name,
                NameOf(function)));
        }
    }

    private static bool HasToken(IMethodSymbol function, GuardContext guard)
    {
        foreach (var parameter in function.Parameters)
        {
            if (guard.Tokens.IsToken(parameter.Type)) return true;
        }

        return false;
    }

    /// <summary>Whether the function itself has something to wait for or goes round: a lambda in it is on its own.</summary>
    private static bool AwaitsOrLoops(IOperation body, GuardContext guard)
    {
        foreach (var operation in body.Descendants())
        {
            var counts = operation switch
            {
                IAwaitOperation await => !IsComplete(await.Operation, guard),
                ILoopOperation => true,
                IUsingOperation { IsAsynchronous: true } or IUsingDeclarationOperation { IsAsynchronous: true } => true,
                _ => false,
            };
            if (counts && IsIn(operation, body)) return true;
        }

        return false;
    }

    private static bool IsIn(IOperation operation, IOperation body)
    {
        for (var parent = operation.Parent; parent is not null && !ReferenceEquals(parent, body); parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation) return false;
        }

        return true;
    }

    // await Task.CompletedTask, await Task.Yield()
    private static bool IsComplete(IOperation awaited, GuardContext guard) => Unwrapped.Awaited(awaited) switch
    {
        IPropertyReferenceOperation property => guard.Apis.Has(property.Property, ApiTraits.Completed),
        IInvocationOperation call =>
            guard.Apis.Has(call.TargetMethod, ApiTraits.Completed)
            || TaskMembers.Yield.Is(call.TargetMethod),
        _ => false,
    };

    private static string NameOf(IMethodSymbol function) =>
        function.MethodKind == MethodKind.AnonymousFunction ? "The lambda" : $"'{function.Name}'";
}
