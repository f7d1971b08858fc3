using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Blocking.Twins;
using AsyncGuard.Analysis.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Blocking;

/// <summary>AGD0103: a synchronous call in async code, where the same thing can be awaited.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingCallAnalyzer() : GuardAnalyzer(RuleTable.BlockingCall)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.Task is null) return;
        start.RegisterInAsyncMembers(guard, context => Check(context, guard), OperationKind.Invocation);
        start.RegisterInAsyncMembers(guard, context => CheckProperty(context, guard), OperationKind.PropertyReference);
    }

    private static void CheckProperty(OperationAnalysisContext context, GuardContext guard)
    {
        var property = (IPropertyReferenceOperation)context.Operation;
        if (!ReplaceableProperty.Is(property, context.ContainingSymbol, guard, out var counterpart, out var place)) return;

        var name = MemberNames.Full(property.Property);
        context.Report(RuleTable.BlockingCall, property.Syntax, FixHints.CannotAwait, name, place.Obstacle.Explain(),
            $"await '{counterpart}'");
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!ReplaceableCall.Is(call, context.ContainingSymbol, guard, out var counterpart, out var place)
            || NoReturn.IsLastBeforeExit(call, guard))
            return;

        var name = MemberNames.Full(call.TargetMethod);
        var hint = place.Obstacle == AwaitObstacle.None ? FixHints.None : FixHints.CannotAwait;
        context.Report(RuleTable.BlockingCall, call.Syntax, hint, name, place.Obstacle.Explain(), $"await '{counterpart.Name}'");
    }
}
