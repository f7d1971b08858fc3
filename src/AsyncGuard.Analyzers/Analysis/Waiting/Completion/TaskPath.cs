using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting.Completion;

/// <summary>
/// The name of a task: a path with elements, the result of another task under the name <c>t.Result</c>, however it is got
/// (<c>await t</c>, <c>t.Unwrap()</c>), and an element of a list under the name <c>tasks[0]</c> (<c>tasks.First()</c>).
/// </summary>
internal static class TaskPath
{
    /// <summary>The path that the expression reads, or null where it computes something else.</summary>
    public static AccessPath? Of(IOperation? value, GuardContext guard)
    {
        if (value is null) return null;
        value = Unwrapped.Awaited(value);
        return value switch
        {
            IParenthesizedOperation { Operand: var inner } => Of(inner, guard),
            IAwaitOperation { Operation: var outer } => ResultOf(Of(outer, guard), guard),

            // a task may also be complete as what it unwraps to
            IInvocationOperation call when call.Arguments.Length == 1 && TaskMembers.Unwrap.Is(call.TargetMethod) =>
                ResultOf(Of(call.Arguments[0].Value, guard), guard),
            IInvocationOperation call => ElementOf(call, guard),
            _ => AccessPath.WithElements(value),
        };
    }

    private static AccessPath? ResultOf(AccessPath? outer, GuardContext guard)
    {
        if (outer?.Type is not { } type || !guard.Awaitables.IsTask(type) || !guard.Awaitables.IsTask(guard.Awaitables.ResultOf(type)))
            return null;
        foreach (var member in TaskMembers.Result.In(type))
        {
            if (member is IPropertySymbol) return outer.Append(member);
        }

        return null;
    }

    // tasks.First(), tasks.ElementAt(2)
    private static AccessPath? ElementOf(IInvocationOperation call, GuardContext guard)
    {
        if (!SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, guard.Types.Enumerable)
            || AccessPath.Of(call.Arguments[0].Value) is not { } list || !guard.Awaitables.IsTask(call.Type))
            return null;
        return call switch
        {
            { Arguments.Length: 1 } when SequenceMembers.First.Is(call.TargetMethod) => list.At(0, call.Type),
            { Arguments: { Length: 2 } arguments } when SequenceMembers.ElementAt.Is(call.TargetMethod)
                && arguments[1].Value.ConstantValue is { HasValue: true, Value: int index } => list.At(index, call.Type),
            _ => null,
        };
    }
}
