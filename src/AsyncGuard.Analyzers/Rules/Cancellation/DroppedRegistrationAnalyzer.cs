using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Lifetimes;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Cancellation;

/// <summary>AGD0308: a callback is left with a token that lives longer than what it is for.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DroppedRegistrationAnalyzer() : GuardAnalyzer(RuleTable.DroppedRegistration)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.CancellationTokenRegistration is null) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!CancellationMembers.Register.Is(call.TargetMethod)) return;
        var registration = RegistrationHolder.WholeOf(call);
        if (!RegistrationHolder.IsDropped(registration)) return;

        var token = RegistrationHolder.TokenOf(call);
        var advice = RegistrationLifetime.Of(call, token, context.ContainingSymbol, guard) switch
        {
            RegistrationLifetimeKind.EndsWithFunction => "dispose it with 'using'",
            RegistrationLifetimeKind.EndsWithTask => "dispose it when the task completes",
            RegistrationLifetimeKind.EndsWithObject => "keep it and dispose it with the object",
            _ => null,
        };
        if (advice is not null) context.Report(RuleTable.DroppedRegistration, registration.Syntax, token!.Syntax.ToString(), advice);
    }
}
