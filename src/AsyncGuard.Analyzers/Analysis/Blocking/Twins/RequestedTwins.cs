using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking.Twins;

/// <summary>
/// Objects whose awaitable members work only where they were asked for when the object was made:
/// <c>XmlReader.Create(stream, new XmlReaderSettings { Async = true })</c>.
/// </summary>
internal static class RequestedTwins
{
    private const string Creating = ConventionalNames.Create;
    private const string Setting = ConventionalNames.Async;

    /// <summary>Whether it depends on the object whether the type's awaitable members work.</summary>
    public static bool MayBe(ITypeSymbol? type, GuardContext guard) =>
        guard.Apis.TypeHas(type, ApiTraits.NoTwin) && !type!.GetMembers(Creating).IsEmpty;

    /// <summary>Whether they work for this one, which does not stay in memory.</summary>
    public static bool Are(IOperation? value, GuardContext guard)
    {
        if (value is null || !MayBe(value.Type, guard)) return false;
        var made = Unwrapped.Conversions(value);
        if ((made as IInvocationOperation ?? InitialValue.Of(made, guard)) is not IInvocationOperation
            {
                TargetMethod: { IsStatic: true, Name: Creating, ContainingType: var type },
                Arguments: { Length: > 1 } arguments
            } || !SymbolEqualityComparer.Default.Equals(type, value.Type))
            return false;
        var isRequested = false;
        foreach (var argument in arguments)
        {
            if (InMemory.Is(argument.Value, guard) || IsText(argument.Value.Type)
                || SymbolEqualityComparer.Default.Equals(argument.Value.Type, type))
                return false;
            isRequested |= IsRequested(argument.Value, guard);
        }

        return isRequested;
    }

    // XmlWriter.Create(builder, settings)
    private static bool IsText(ITypeSymbol? type) => ApiTypes.StringBuilder.Is(type);

    // new XmlReaderSettings { Async = true }; or settings.Async = true;
    private static bool IsRequested(IOperation argument, GuardContext guard)
    {
        var given = Unwrapped.Conversions(argument);
        if ((given as IObjectCreationOperation ?? InitialValue.Of(given, guard)) is not IObjectCreationOperation settings) return false;
        var isRequested = false;
        if (settings.Initializer is { Initializers: var initializers })
        {
            foreach (var initializer in initializers)
            {
                if (initializer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: Setting } } set)
                    isRequested = IsTrue(set.Value);
            }
        }

        if (given is not ILocalReferenceOperation { Local: var local }) return isRequested;
        foreach (var operation in FlowGraphs.RootOf(given).Descendants())
        {
            if (operation is not ISimpleAssignmentOperation
                {
                    Target: IPropertyReferenceOperation { Property.Name: Setting, Instance: ILocalReferenceOperation changed }
                } later || !SymbolEqualityComparer.Default.Equals(changed.Local, local))
                continue;
            if (!IsTrue(later.Value)) return false;
            isRequested = true;
        }

        return isRequested;
    }

    private static bool IsTrue(IOperation value) => value.ConstantValue is { HasValue: true, Value: true };
}
