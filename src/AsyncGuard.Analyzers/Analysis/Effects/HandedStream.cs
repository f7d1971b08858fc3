using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Waiting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Effects;

/// <summary>
/// A property of ours that hands out a stream, reader or writer over memory or the console, also through an interface of which all
/// implementations that can be seen do so.
/// <code>TextWriter Error => _error ??= new StreamWriter(Console.OpenStandardError());</code>
/// </summary>
internal static class HandedStream
{
    /// <summary>Whether the call works on such a stream: its receiver, or the first argument of an extension.</summary>
    public static bool Serves(IInvocationOperation call, GuardContext guard) =>
        Is(call.Instance, guard)
        || (call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0
        && Is(Unwrapped.ImplicitConversions(call.Arguments[0].Value), guard));

    public static bool Is(IOperation? value, GuardContext guard) =>
        value is IPropertyReferenceOperation { Property: { IsIndexer: false, GetMethod: { } getter }, Instance: var owner }
        && guard.IsOurs(getter)
        && !Implementations.Of(guard).Answering(getter, owner?.Type, answer => Gives(answer, guard)).IsEmpty;

    private static bool Gives(IMethodSymbol getter, GuardContext guard)
    {
        if (!guard.IsOurs(getter) || getter.AssociatedSymbol is not IPropertySymbol property) return false;
        var isSeen = false;
        foreach (var body in Bodies.Of(guard).OperationsOf(getter))
        {
            foreach (var operation in body.Descendants())
            {
                if (operation is not IReturnOperation { ReturnedValue: { } returned } || FlowGraphs.FunctionsAround(operation).Count > 0)
                    continue;
                if (!IsKept(returned, guard)) return false;
                isSeen = true;
            }
        }

        // TextWriter Error { get; } = Console.Error;
        return isSeen || (property.SetMethod is null && NamedUses.AreGiven(property, guard, given => InMemory.Is(given, guard)));
    }

    private static bool IsKept(IOperation value, GuardContext guard)
    {
        value = Unwrapped.Conversions(value);
        return value switch
        {
            ICoalesceAssignmentOperation { Target: var target, Value: var made } => IsKept(made, guard) && IsKept(target, guard),
            ISimpleAssignmentOperation { Value: var assigned } => IsKept(assigned, guard),
            _ => InMemory.Is(value, guard),
        };
    }
}
