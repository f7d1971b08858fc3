using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks.Awaits;

/// <summary>
/// What happens to the inner task of a <c>Task&lt;Task&gt;</c>: whether it is observed, or only the outer one is waited for.
/// </summary>
internal sealed class NestedTaskUse(GuardContext guard)
{
    private const int MaxSteps = 4;

    private enum Fate
    {
        /// <summary>Nothing is decided: the value is dropped, compared, or only looked at.</summary>
        Open,

        /// <summary>The outer task is waited for or handed on as a plain one, and the inner is out of reach.</summary>
        Lost,

        /// <summary>Other code holds the inner task, or could.</summary>
        Safe,
    }

    /// <summary>Whether the type is a task of a task.</summary>
    public bool IsNested(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeArguments: { Length: 1 } arguments } named
        && SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, guard.Types.TaskOfT)
        && (guard.Awaitables.IsTask(arguments[0]) || guard.Awaitables.IsValueTask(arguments[0]));

    /// <summary>Whether the type is a task of a <c>ValueTask</c>.</summary>
    public bool IsOfValueTask(ITypeSymbol? type) =>
        IsNested(type) && guard.Awaitables.IsValueTask(((INamedTypeSymbol)type!).TypeArguments[0]);

    /// <summary>Whether the code around does nothing with what the call gives.</summary>
    public static bool IsDropped(IInvocationOperation call) =>
        call.Parent is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation };

    /// <summary>Whether the inner task of the expression is lost.</summary>
    public bool LosesInner(IOperation nested) => Of(nested, MaxSteps) == Fate.Lost;

    private Fate Of(IOperation value, int steps)
    {
        while (true)
        {
            var parent = value.Parent;
            switch (parent)
            {
                // List<Task> tasks; tasks.Add(nested), return nested as Task
                case IConversionOperation conversion when guard.Awaitables.IsTask(conversion.Type) && !IsNested(conversion.Type):
                    return conversion.Parent is IBinaryOperation or IIsPatternOperation ? Fate.Open : Fate.Lost;
                case IConversionOperation conversion when !IsNested(conversion.Type):
                    return conversion.Parent is IBinaryOperation or IIsPatternOperation ? Fate.Open : Fate.Safe;
                // _nested ?? Task.CompletedTask
                case ICoalesceOperation or IConditionalOperation when guard.Awaitables.IsTask(parent.Type) && !IsNested(parent.Type):
                    return Fate.Lost;

                case IConversionOperation or IParenthesizedOperation or IConditionalOperation or ICoalesceOperation
                    or IConditionalAccessOperation:
                    value = parent;
                    continue;

                case IInvocationOperation call when ReferenceEquals(call.Instance, value):
                    switch (call.TargetMethod.Name)
                    {
                        case WellKnownMember.ConfigureAwait:
                        case WellKnownMember.GetAwaiter:
                            value = call;
                            continue;
                        case WellKnownMember.GetResult:
                            return OfInner(call);
                        default:
                            return TaskMembers.Wait.Is(call.TargetMethod) ? Fate.Lost : Fate.Safe;
                    }

                case IPropertyReferenceOperation property when ReferenceEquals(property.Instance, value):
                    return TaskMembers.Result.Is(property.Property) ? OfInner(property) : Fate.Open;

                case IAwaitOperation awaited:
                    return OfInner(awaited);

                // () => Task.Factory.StartNew(async …), passed to Task.Run: the same task of a task comes out
                case IReturnOperation when RunnerAround(parent) is { } run:
                    value = run;
                    continue;

                // group.Start(ct => Task.Factory.StartNew(async …)); of which the group waits for the outer task
                case IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation } when IsOwned(value):
                    return Fate.Lost;

                case IExpressionStatementOperation or IBinaryOperation or IIsPatternOperation:
                case ISimpleAssignmentOperation { Target: IDiscardOperation }:
                    return Fate.Open;

                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                    return steps == 0 ? Fate.Safe : OfLocal(local, value, steps - 1);

                case ISimpleAssignmentOperation { Parent: IExpressionStatementOperation } assignment
                    when ReferenceEquals(assignment.Target, value):
                    return Fate.Open;

                // _nested = Task.Factory.StartNew(async …);
                case ISimpleAssignmentOperation
                {
                    Target: IFieldReferenceOperation { Field: var field },
                    Parent: IExpressionStatementOperation
                }
                    when field.DeclaredAccessibility == Accessibility.Private && IsNested(field.Type):
                    return steps == 0 ? Fate.Safe : OfField(field, value, steps - 1);

                default:
                    return Fate.Safe;
            }
        }
    }

    private Fate OfField(IFieldSymbol field, IOperation place, int steps)
    {
        var fate = Fate.Open;
        foreach (var reference in NamedUses.Of(field, place, guard))
        {
            switch (Of(reference, steps))
            {
                case Fate.Safe:
                    return Fate.Safe;
                case Fate.Lost:
                    fate = Fate.Lost;
                    break;
            }
        }

        return fate;
    }

    // var nested = Task.Factory.StartNew(async …); await nested;
    private Fate OfLocal(ILocalSymbol local, IOperation place, int steps)
    {
        var fate = Fate.Open;
        foreach (var operation in FlowGraphs.RootOf(place).Descendants())
        {
            if (operation is not ILocalReferenceOperation { Local: var used } reference
                || !SymbolEqualityComparer.Default.Equals(used, local))
                continue;
            switch (Of(reference, steps))
            {
                case Fate.Safe:
                    return Fate.Safe;
                case Fate.Lost:
                    fate = Fate.Lost;
                    break;
            }
        }

        return fate;
    }

    /// <summary>What happens to the inner task, once other code holds it.</summary>
    private Fate OfInner(IOperation inner)
    {
        var fate = TaskFate.Of(inner, guard);
        return fate.Kind switch
        {
            TaskFateKind.Dropped or TaskFateKind.Inspected => Fate.Lost,
            TaskFateKind.Kept when fate.Holder is { } local =>
                TaskHolder.Of(local, inner, guard).IsTakenCareOf(inner, guard) ? Fate.Safe : Fate.Lost,
            _ => Fate.Safe,
        };
    }

    private IInvocationOperation? RunnerAround(IOperation returned)
    {
        if (returned.Parent is not IBlockOperation { Parent: IAnonymousFunctionOperation { Symbol.IsAsync: false } lambda }) return null;
        return DelegateUse.CallOf(lambda) is IInvocationOperation { TargetMethod: var method } run
            && IsNested(run.Type) && SymbolEqualityComparer.Default.Equals(lambda.Symbol.ReturnType, run.Type)
            && guard.Apis.Has(method, ApiTraits.HandsResult) ? run : null;
    }

    private bool IsOwned(IOperation value) =>
        value is IInvocationOperation { TargetMethod: var method } && guard.Apis.Has(method, ApiTraits.ObservesTask);
}
