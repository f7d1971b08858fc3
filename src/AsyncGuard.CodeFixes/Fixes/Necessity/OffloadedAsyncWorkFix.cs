using System.Composition;
using System.Linq;
using AsyncGuard.Analysis.Awaitables;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixes.Necessity;

/// <summary>
/// <c>await Task.Run(() => LoadAsync(a))</c> → <c>await LoadAsync(a)</c>. Offered where the call is awaited on the spot, or its callee is
/// async, so that what it
/// throws still ends in a task.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class OffloadedAsyncWorkFix() : GuardFix(RuleTable.OffloadedAsyncWork)
{
    private const string Key = "AGD0602.Call";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } node
            || fix.OperationOf(node) is not IInvocationOperation run)
            return null;
        if (Written(run, fix) is not { } written) return null;
        // What the call sets on a thread of the pool is not seen here; what it sets here would be.
        if (!written.Method.IsAsync
            && FlowingState.IsLeftBy(Bodies.Of(fix.Guard).OperationsOf(written.Method.OriginalDefinition), fix.Guard))
            return null;

        var isAwaited = ConfiguredTask.Around((ExpressionSyntax)node).Parent is AwaitExpressionSyntax;
        if (!isAwaited && (!written.Method.IsAsync || !fix.Guard.Awaitables.IsTask(written.Method.ReturnType))) return null;
        return new FixPlan($"Call '{written.Method.Name}' directly", Key, all =>
            all.In(fix.Document.Id).Replace(node, current => written.Call.WithoutTrivia().WithTriviaFrom(current)));
    }

    private static (ExpressionSyntax Call, IMethodSymbol Method)? Written(IInvocationOperation run, FixContext fix)
    {
        switch (Unwrapped.Delegate(run.Arguments[0].Value))
        {
            case IMethodReferenceOperation { Syntax: ExpressionSyntax name } method when AreObeyed(run, null, fix):
                return (InvocationExpression(name.WithoutTrivia()), method.Method);
            case IAnonymousFunctionOperation lambda
                when AsyncWork.OnlyCallOf(lambda, fix.Guard) is { Syntax: ExpressionSyntax call } only && AreObeyed(run, only, fix)
                && IsSameValue(run, only, fix):
                return (call, only.TargetMethod);
            default:
                return null;
        }
    }

    // Task.Run(async () => { await LoadAsync(); }) gives nothing, LoadAsync() might
    private static bool IsSameValue(IInvocationOperation run, IInvocationOperation only, FixContext fix) =>
        SymbolEqualityComparer.Default.Equals(fix.Guard.Awaitables.ResultOf(run.Type), fix.Guard.Awaitables.ResultOf(only.Type))
        || run.Parent?.Parent is IExpressionStatementOperation;

    // Task.Run(() => LoadAsync(token), token): a token that the call does not receive would be lost
    private static bool AreObeyed(IInvocationOperation run, IInvocationOperation? only, FixContext fix)
    {
        foreach (var argument in run.Arguments.Skip(1))
        {
            if (argument.IsImplicit || argument.ArgumentKind == ArgumentKind.DefaultValue) continue;
            if (only?.Arguments.Any(given => fix.Guard.Tokens.IsToken(given.Value.Type)
                && AreEquivalent(given.Value.Syntax, argument.Value.Syntax)) != true)
                return false;
        }

        return true;
    }
}
