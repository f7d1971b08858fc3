using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tasks.Awaits;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Structured;

/// <summary>AGD0209: a call makes a task of a task, and only the outer one is ever waited for.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NestedTaskAnalyzer() : GuardAnalyzer(RuleTable.NestedTask)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.TaskOfT is null) return;
        var nested = new NestedTaskUse(guard);
        start.RegisterOperationAction(context => Check(context, guard, nested), OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard, NestedTaskUse nested)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!nested.IsNested(call.Type) || !guard.Apis.Has(call.TargetMethod, ApiTraits.HandsResult)) return;
        if (IsPassedThrough(call) || HandsAntecedentOn(call) || !nested.LosesInner(call) || RecordedCode.Is(call, guard)) return;

        context.Report(RuleTable.NestedTask, call.Syntax, call.TargetMethod.Name, Advice(call, nested));
    }

    // Neither Task.Run nor Unwrap knows a ValueTask, and no code holds what Unwrap makes of a child that only its group waits for.
    private static string Advice(IInvocationOperation call, NestedTaskUse nested)
    {
        if (nested.IsOfValueTask(call.Type)) return "await the 'ValueTask' inside, in an async lambda";
        if (NestedTaskUse.IsDropped(call)) return "await the task inside, in an async lambda";
        return TaskMembers.StartNew.Is(call.TargetMethod) ? "use 'Task.Run'" : "add '.Unwrap()'";
    }

    // Task.Run(() => Task.WhenAny(a, b)), Task.Run(() => Task.Factory.StartNew(async …)): the task of a task is made inside
    private static bool IsPassedThrough(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type is not INamedTypeSymbol
                {
                    TypeKind: TypeKind.Delegate,
                    DelegateInvokeMethod.ReturnType: var returned
                } || !SymbolEqualityComparer.Default.Equals(returned, call.Type))
                continue;
            return WorkOf(argument) is not IAnonymousFunctionOperation { Symbol.IsAsync: true };
        }

        return false;
    }

    // task.ContinueWith(t => t): the inner task is the one that is done by then
    private static bool HandsAntecedentOn(IInvocationOperation call)
    {
        if (!TaskMembers.ContinueWith.Is(call.TargetMethod)) return false;
        foreach (var argument in call.Arguments)
        {
            if (WorkOf(argument) is IAnonymousFunctionOperation
                {
                    Symbol:
                    {
                        IsAsync: false,
                        Parameters: { Length: > 0 } parameters
                    }
                } continuation)
                return ReturnsOnly(parameters[0], continuation);
        }

        return false;
    }

    private static bool ReturnsOnly(IParameterSymbol antecedent, IAnonymousFunctionOperation continuation)
    {
        foreach (var operation in continuation.Body.Descendants())
        {
            if (operation is not IReturnOperation { ReturnedValue: { } value } || FlowGraphs.FunctionAround(operation) != continuation)
                continue;
            value = Unwrapped.Conversions(value);
            if (value is not IParameterReferenceOperation { Parameter: var returned }
                || !SymbolEqualityComparer.Default.Equals(returned, antecedent))
                return false;
        }

        return true;
    }

    private static IOperation WorkOf(IArgumentOperation argument)
    {
        var work = Unwrapped.Delegate(argument.Value);
        return work;
    }
}
