using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting;

/// <summary>An awaiter that a local keeps only to wait with it: <c>var awaiter = task.GetAwaiter(); … awaiter.GetResult();</c></summary>
internal static class KeptAwaiter
{
    /// <summary>
    /// The call of <c>GetAwaiter</c> whose result the local keeps; null where anything else is done with the local or with the task, such
    /// as <c>awaiter.IsCompleted</c> and <c>awaiter.OnCompleted(…)</c>, so that the task may be complete.
    /// </summary>
    public static IInvocationOperation? CallOf(ILocalReferenceOperation awaiter, GuardContext guard)
    {
        IInvocationOperation? call = null;
        var root = FlowGraphs.RootOf(awaiter);
        var function = FlowGraphs.FunctionAround(awaiter);
        foreach (var operation in root.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Initializer.Value: var value } declarator
                    when SymbolEqualityComparer.Default.Equals(declarator.Symbol, awaiter.Local):
                    if (!ReferenceEquals(FlowGraphs.FunctionAround(declarator), function)) return null;
                    call = Unwrapped.Conversions(value) as IInvocationOperation;
                    break;

                case ILocalReferenceOperation use when SymbolEqualityComparer.Default.Equals(use.Local, awaiter.Local):
                    if (use.Parent is not IInvocationOperation { TargetMethod.Name: WellKnownMember.GetResult }
                        || !ReferenceEquals(FlowGraphs.FunctionAround(use), function))
                        return null;
                    break;
            }
        }

        return call is { TargetMethod.Name: WellKnownMember.GetAwaiter } && IsOnlyUseOfTask(call, root) ? call : null;
    }

    // With another use of the task, it may be complete when its result is asked for.
    private static bool IsOnlyUseOfTask(IInvocationOperation call, IOperation root)
    {
        if ((call.Instance ?? (call.Arguments.Length == 1 ? call.Arguments[0].Value : null)) is not { } awaitable) return false;
        awaitable = Unwrapped.Awaited(awaitable);
        if (awaitable is IInvocationOperation or IObjectCreationOperation) return true;
        if (AccessPath.Of(awaitable) is not { } path) return false;
        foreach (var operation in root.Descendants())
        {
            if (operation is not (ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation
                or IPropertyReferenceOperation) || operation.Syntax == awaitable.Syntax)
                continue;
            if (AccessPath.Of(operation) is { } other && other.Equals(path)
                && operation.Parent is not ISimpleAssignmentOperation { Parent: IExpressionStatementOperation })
                return false;
        }

        return true;
    }
}
