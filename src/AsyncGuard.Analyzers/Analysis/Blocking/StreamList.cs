using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>A local list of streams: what stands for one of its elements, and what the code does with the list.</summary>
internal readonly struct StreamList
{
    private StreamList(ISymbol? variable, IOperation? element, bool isHarmless, IOperation? added = null)
    {
        Variable = variable;
        Element = element;
        IsHarmless = isHarmless;
        Added = added;
    }

    /// <summary>The variable that stands for an element.</summary>
    public ISymbol? Variable { get; }

    /// <summary>The value that is put into the list.</summary>
    public IOperation? Added { get; }

    /// <summary>The expression that takes an element out: <c>parts[i]</c>.</summary>
    public IOperation? Element { get; }

    /// <summary>Whether no element is used there: <c>parts.Count</c>, <c>parts.Add(Open())</c>.</summary>
    public bool IsHarmless { get; }

    /// <summary>
    /// The local list whose elements the variable stands for, in <c>foreach (var part in parts)</c> or
    /// <c>parts.ForEach(part => …)</c>; null where there is none.
    /// </summary>
    public static ILocalSymbol? Of(ISymbol variable, IOperation place)
    {
        for (var parent = place.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case IForEachLoopOperation loop when loop.Locals.ContainsSymbol(variable):
                    return ListIn(loop.Collection);
                case IAnonymousFunctionOperation lambda when SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, lambda.Symbol)
                    && variable is IParameterSymbol:
                    return Unwrapped.DelegateAround(lambda).Parent is IArgumentOperation { Parent: IInvocationOperation call }
                        && CollectionNames.GoesThrough(call.TargetMethod.Name) && Unwrapped.Receiver(call) is { } receiver
                        ? ListIn(receiver) : null;
            }
        }

        return null;
    }

    /// <summary>What is done with the list where it is named.</summary>
    public static StreamList UseOf(IOperation reference)
    {
        var list = Unwrapped.ConversionsAround(reference);
        switch (list.Parent)
        {
            case IPropertyReferenceOperation { Property.IsIndexer: true } element:
                return new(null, element, false);
            case IArrayElementReferenceOperation element:
                return new(null, element, false);
            case IPropertyReferenceOperation { Property.Name: var name }:
                return new(null, null, CollectionNames.IsSize(name));
            case IForEachLoopOperation { Locals: { Length: 1 } locals }:
                return new(locals[0], null, false);
            case IInvocationOperation call when ReferenceEquals(call.Instance, list):
                return UseBy(call);
            default:
                return default;
        }
    }

    private static StreamList UseBy(IInvocationOperation call)
    {
        var name = call.TargetMethod.Name;
        if (call.Arguments.IsEmpty) return new(null, null, CollectionNames.Drops(name));
        var value = Unwrapped.Delegate(call.Arguments[0].Value);
        if (CollectionNames.GoesThrough(name) && value is IAnonymousFunctionOperation { Symbol.Parameters: { Length: 1 } parameters })
            return new(parameters[0], null, false);

        // parts.Add(part), parts.Add(await OpenAsync(url))
        return CollectionNames.Adds(name) && call.Arguments.Length == 1
            ? new(null, null, true, value) : default;
    }

    private static ILocalSymbol? ListIn(IOperation collection) =>
        Unwrapped.Conversions(collection) is ILocalReferenceOperation { Local: var list } ? list : null;
}
