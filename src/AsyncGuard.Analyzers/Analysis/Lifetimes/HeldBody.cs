using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes;

/// <summary>A text or an array that is read as a whole, and what happens to it.</summary>
internal static class HeldBody
{
    /// <summary>
    /// The one call that goes through what is read, where nothing else looks at it: <c>Deserialize(await content.ReadAsStringAsync())</c>,
    /// also through a local.
    /// </summary>
    public static IOperation? ConsumerOf(IInvocationOperation read, GuardContext guard)
    {
        if (Unwrapped.AwaitAround(read) is not { } awaited) return null;
        var value = ViewAround(awaited);
        return value.Parent switch
        {
            IArgumentOperation argument => IsTaken(argument, guard) ? argument.Parent : null,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } =>
                OnlyConsumerOf(local, read, guard),
            _ => null,
        };
    }

    // memory.CopyTo and its like gain nothing: what is read from memory, or written to it, is held anyhow
    public static bool IsOfMemory(IInvocationOperation read, IOperation consumer, GuardContext guard) =>
        InMemory.Serves(read, guard) || (consumer is IInvocationOperation { Instance: { } target } && InMemory.Is(target, guard));

    public static ISymbol? TargetOf(IOperation consumer) => consumer switch
    {
        IInvocationOperation call => call.TargetMethod,
        IObjectCreationOperation creation => creation.Constructor,
        _ => null,
    };

    private static bool IsTaken(IArgumentOperation argument, GuardContext guard) =>
        argument.Parent is { } consumer && TargetOf(consumer) is { } target && guard.Apis.Has(target, ApiTraits.TakesWhole)
        && !IsHandedOn(consumer) && argument.Parameter is { Name: not ParameterNames.Path } && IsWhole(Viewed(argument.Value).Type);

    // bytes.AsMemory(), new ReadOnlyMemory<byte>(bytes): all of it, under another type
    private static IOperation ViewAround(IOperation value)
    {
        value = Unwrapped.ConversionsAround(value);
        while (value.Parent is IArgumentOperation { Parent: { } view } && ViewedBy(view) is not null)
            value = Unwrapped.ConversionsAround(view);
        return value;
    }

    private static IOperation Viewed(IOperation value)
    {
        value = Unwrapped.Conversions(value);
        while (ViewedBy(value) is { } inner) value = Unwrapped.Conversions(inner);
        return value;
    }

    private static IOperation? ViewedBy(IOperation view) => view switch
    {
        IInvocationOperation { TargetMethod: var method, Arguments: { Length: 1 } arguments } when SequenceMembers.AsMemory.Is(method) =>
            arguments[0].Value,
        IObjectCreationOperation { Type: { IsValueType: true } type, Arguments: { Length: 1 } arguments }
            when FrameworkNamespaces.IsSystem(type) && arguments[0].Parameter?.Type is IArrayTypeSymbol => arguments[0].Value,
        _ => null,
    };

    // Parse(new StringReader(text)): what receives the reader would read the stream synchronously
    private static bool IsHandedOn(IOperation consumer)
    {
        if (consumer is not IObjectCreationOperation) return false;
        switch (Unwrapped.ConversionsAround(consumer).Parent)
        {
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var reader } }:
                foreach (var operation in FlowGraphs.RootOf(consumer).Descendants())
                {
                    if (operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, reader)
                        && Unwrapped.ConversionsAround(reference).Parent is IArgumentOperation or IReturnOperation or IAssignmentOperation)
                        return true;
                }

                return false;
            default:
                return true;
        }
    }

    private static bool IsWhole(ITypeSymbol? type) =>
        type is { SpecialType: SpecialType.System_String } or IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte };

    private static IOperation? OnlyConsumerOf(ILocalSymbol local, IOperation read, GuardContext guard)
    {
        IOperation? consumer = null, measured = null;
        var function = FlowGraphs.FunctionAround(read);
        foreach (var operation in FlowGraphs.RootOf(read).Descendants())
        {
            if (operation is not ILocalReferenceOperation reference || !SymbolEqualityComparer.Default.Equals(reference.Local, local))
                continue;
            if (!ReferenceEquals(FlowGraphs.FunctionAround(reference), function)) return null;
            switch (ViewAround(reference).Parent)
            {
                case IArgumentOperation argument when consumer is null && IsTaken(argument, guard):
                    consumer = argument.Parent;
                    break;

                // stream.WriteAsync(bytes, 0, bytes.Length)
                case IPropertyReferenceOperation { Property.Name: var name, Parent: IArgumentOperation length }
                    when measured is null && CollectionNames.Counts(name):
                    measured = length.Parent;
                    break;

                default:
                    return null;
            }
        }

        return measured is null || ReferenceEquals(measured, consumer) ? consumer : null;
    }
}
