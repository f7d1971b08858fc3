using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks;

/// <content>Lambdas that do no more than look at the tasks that they get: <c>tasks.Any(t => t.IsFaulted)</c>.</content>
internal readonly partial struct TaskFate
{
    private static bool OnlyInspects(IInvocationOperation call, GuardContext guard)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type.TypeKind == TypeKind.Delegate && !Inspects(argument.Value, call, guard)) return false;
        }

        return true;
    }

    private static bool Inspects(IOperation value, IInvocationOperation call, GuardContext guard)
    {
        value = Unwrapped.Delegate(value);
        if (value is not IAnonymousFunctionOperation lambda) return false;
        foreach (var operation in lambda.Body.Descendants())
        {
            if (operation is not IParameterReferenceOperation { Parameter: var parameter } reference
                || !lambda.Symbol.Parameters.ContainsSymbol(parameter))
                continue;
            if (!guard.Awaitables.IsAwaitable(parameter.Type) && !guard.Awaitables.HoldsAwaitables(parameter.Type)) continue;

            // tasks.OrderBy(t => t.Id), tasks.Select(t => t): the result stands for the tasks
            var fate = Of(reference, guard).Kind;
            if (fate == TaskFateKind.Returned ? !guard.Awaitables.HoldsAwaitables(call.Type) : fate != TaskFateKind.Inspected) return false;
        }

        return true;
    }
}
