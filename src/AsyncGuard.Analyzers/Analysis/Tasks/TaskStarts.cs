using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks;

/// <summary>
/// Finds the calls that start the tasks of a value: of a call, of what <c>?:</c> chooses from, of the items of a collection, of
/// <c>Select(async …)</c>.
/// </summary>
internal static class TaskStarts
{
    public static void AddFrom(IOperation? value, List<IOperation> starts, GuardContext guard)
    {
        value = Unwrapped.ConversionsOrNull(value);
        switch (value)
        {
            case IConditionalOperation choice:
                AddFrom(choice.WhenTrue, starts, guard);
                AddFrom(choice.WhenFalse, starts, guard);
                break;

            case ICoalesceOperation coalesce:
                AddFrom(coalesce.Value, starts, guard);
                AddFrom(coalesce.WhenNull, starts, guard);
                break;

            case ISwitchExpressionOperation choice:
                foreach (var arm in choice.Arms) AddFrom(arm.Value, starts, guard);
                break;

            // (id, RunAsync(id))
            case ITupleOperation tuple:
                foreach (var element in tuple.Elements) AddFrom(element, starts, guard);
                break;

            // new List<Task>(…) { … }
            case IObjectCreationOperation creation when guard.Awaitables.HoldsAwaitables(creation.Type):
                foreach (var argument in creation.Arguments) AddFrom(argument.Value, starts, guard);
                if (creation.Initializer is { } initializer)
                {
                    foreach (var item in initializer.Initializers) AddItem(item, starts, guard);
                }

                break;

            // new ValueTask(RunAsync())
            case IObjectCreationOperation { Arguments: { Length: 1 } arguments } creation
                when guard.Awaitables.IsValueTask(creation.Type) && guard.Awaitables.IsTask(arguments[0].Value.Type):
                AddFrom(arguments[0].Value, starts, guard);
                break;

            case not null when ElementList.TryGet(value, out var elements):
                foreach (var element in elements) AddFrom(element, starts, guard);
                break;

            // tasks.Add(t), where t = RunAsync()
            case ILocalReferenceOperation { Local: { DeclaringSyntaxReferences.Length: 1 } local } reference
                when guard.Awaitables.IsAwaitable(local.Type):
                if (InitialOf(local, reference) is { } initial) AddFrom(initial, starts, guard);
                break;

            case not null when StartedTask.CallIn(value) is { } call:
                AddCall(value, call, starts, guard);
                break;
        }
    }

    /// <summary>Adds what calls among them join: <c>Task.WhenAll(reader.ReadLineAsync(), LoadAsync(reader))</c>.</summary>
    public static void AddJoined(List<IOperation> starts, GuardContext guard)
    {
        for (var i = 0; i < starts.Count; i++)
        {
            if (starts[i] is not IInvocationOperation join
                || !guard.Apis.Has(join.TargetMethod, ApiTraits.JoinsAll | ApiTraits.JoinsFirst))
                continue;
            foreach (var argument in join.Arguments) AddFrom(argument.Value, starts, guard);
        }
    }

    private static void AddCall(IOperation value, IInvocationOperation call, List<IOperation> starts, GuardContext guard)
    {
        if (RecordedCode.Is(value, guard)) return;
        if (guard.Awaitables.IsAwaitable(call.Type))
        {
            if (StartedTask.Of(call, guard) is { } started) starts.Add(started);
        }
        else if (call is { TargetMethod: { IsExtensionMethod: true, ContainingType: var type }, Arguments: { Length: > 0 } arguments }
            && guard.Awaitables.HoldsAwaitables(call.Type)
            && (SymbolEqualityComparer.Default.Equals(type, guard.Types.Enumerable)
            || CollectionNames.MakesImmutable(call.TargetMethod.Name)))
        {
            // Where one list is copied into another, the first one's calls are counted there.
            if (guard.Awaitables.HoldsAwaitables(arguments[0].Value.Type))
            {
                if (Unwrapped.ConversionsOrNull(arguments[0].Value) is not ILocalReferenceOperation)
                    AddFrom(arguments[0].Value, starts, guard);
            }
            else if (arguments.Length > 1 && StartsTasks(arguments[1].Value, guard))
            {
                starts.Add(call);
            }
        }
        else if (call.Instance is { } list && TaskFate.Fills(call.TargetMethod) && guard.Awaitables.HoldsAwaitables(call.Type))
        {
            // immutable.Add(RunAsync())
            if (Unwrapped.ConversionsOrNull(list) is not ILocalReferenceOperation) AddFrom(list, starts, guard);
            foreach (var argument in call.Arguments) AddFrom(argument.Value, starts, guard);
        }
    }

    // items.Select(async item => …), items.Select(RunAsync), items.Select(item => RunAsync(item)); not items.Select(item =>
    // item.Completion)
    private static bool StartsTasks(IOperation selector, GuardContext guard)
    {
        selector = Unwrapped.Delegate(selector);
        switch (selector)
        {
            // items.Select(RunAsync), items.Select(copy), where copy is a Func<T, Task>
            case IMethodReferenceOperation or IParameterReferenceOperation or ILocalReferenceOperation or IFieldReferenceOperation
                or IPropertyReferenceOperation:
                return true;

            case IAnonymousFunctionOperation lambda:
                if (lambda.Symbol.IsAsync) return true;
                foreach (var operation in lambda.Body.Descendants())
                {
                    if (operation is not IReturnOperation { ReturnedValue: { } returned }
                        || !ReferenceEquals(FlowGraphs.FunctionAround(operation), lambda))
                        continue;
                    var starts = new List<IOperation>();
                    AddFrom(returned, starts, guard);
                    if (starts.Count == 0) return false;
                }

                return true;

            default:
                return false;
        }
    }

    // { RunAsync() }, { id, RunAsync(id) }, [id] = RunAsync(id)
    private static void AddItem(IOperation item, List<IOperation> starts, GuardContext guard)
    {
        switch (item)
        {
            case IInvocationOperation add:
                foreach (var argument in add.Arguments) AddFrom(argument.Value, starts, guard);
                break;
            case ISimpleAssignmentOperation assignment:
                AddFrom(assignment.Value, starts, guard);
                break;
        }
    }

    private static IOperation? InitialOf(ILocalSymbol local, IOperation reference)
    {
        foreach (var operation in FlowGraphs.RootOf(reference).Descendants())
        {
            if (operation is IVariableDeclaratorOperation { Initializer.Value: var initial } declarator
                && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
                return initial;
        }

        return null;
    }
}
