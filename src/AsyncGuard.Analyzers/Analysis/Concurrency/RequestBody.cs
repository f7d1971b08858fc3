using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Concurrency;

/// <summary>Parameters that are made of the body of a request, so that the client decides how long they are.</summary>
internal static class RequestBody
{
    /// <summary>Whether ASP.NET Core reads the parameter from the body.</summary>
    public static bool Is(IParameterSymbol parameter, GuardContext guard)
    {
        // [FromBody] Order order, [FromBody] List<int> ids
        if (HasMark(parameter, guard.Types.FromBodyMetadata)) return true;
        if (!IsCollection(parameter.Type, guard) || IsOfSimpleItems(parameter.Type) || HasMark(parameter, guard.Types.BindingSourceMetadata)
            || parameter.ContainingSymbol is not IMethodSymbol method)
            return false;
        return method.MethodKind == MethodKind.AnonymousFunction ? IsEndpoint(method, guard) : IsAction(method, guard);
    }

    public static bool IsCollection(ITypeSymbol? type, GuardContext guard) => BoundedCalls.IsSequence(type, guard);

    /// <summary>
    /// Whether the code looks at the number of items before it goes on: <c>if (orders.Count > 100) return BadRequest();</c>
    /// </summary>
    public static bool IsMeasured(ISymbol items, IOperation place)
    {
        foreach (var operation in FlowGraphs.RootOf(place).Descendants())
        {
            if (operation is not IBinaryOperation
                {
                    OperatorKind: BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual
                or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual
                } comparison)
                continue;
            if ((IsCountOf(items, comparison.LeftOperand) && IsLimit(comparison.RightOperand))
                || (IsCountOf(items, comparison.RightOperand) && IsLimit(comparison.LeftOperand)))
                return true;
        }

        return false;
    }

    // orders.Count, orders.Length, orders.Count()
    private static bool IsCountOf(ISymbol items, IOperation value)
    {
        var counted = value switch
        {
            IPropertyReferenceOperation { Property.Name: var name, Instance: { } instance } when CollectionNames.Counts(name) => instance,
            IInvocationOperation { TargetMethod: var method, Arguments: { Length: 1 } arguments } when SequenceMembers.Count.Is(method) =>
                arguments[0].Value,
            _ => null,
        };
        return Unwrapped.ConversionsOrNull(counted) switch
        {
            ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, items),
            IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter, items),
            IPropertyReferenceOperation property => SymbolEqualityComparer.Default.Equals(property.Property, items),
            _ => false,
        };
    }

    // More than none, or more than one, is no limit; and the counter of a loop is none either.
    private static bool IsLimit(IOperation value) =>
        value.ConstantValue is { HasValue: true, Value: int number } ? number > 1 : value is not ILocalReferenceOperation;

    private static bool HasMark(IParameterSymbol parameter, INamedTypeSymbol? mark)
    {
        if (mark is null) return false;
        foreach (var attribute in parameter.GetAttributes())
        {
            if (attribute.AttributeClass?.AllInterfaces.ContainsSymbol(mark) == true) return true;
        }

        return false;
    }

    // app.MapPost("/orders", async (List<Order> orders) => …)
    private static bool IsEndpoint(IMethodSymbol lambda, GuardContext guard)
    {
        if (guard.Types.EndpointRouteBuilderExtensions is null || lambda.DeclaringSyntaxReferences.Length != 1) return false;
        return Bodies.Of(guard).OperationOf(lambda.DeclaringSyntaxReferences[0].GetSyntax()) is IAnonymousFunctionOperation function
            && PlatformMembers.MapBody.IsUse(DelegateUse.CallOf(function));
    }

    // [ApiController] class Orders { [HttpPost] public Task Add(List<Order> orders) }
    private static bool IsAction(IMethodSymbol method, GuardContext guard)
    {
        if (guard.Types.ApiControllerAttribute is not { } mark
            || method is not { DeclaredAccessibility: Accessibility.Public, IsStatic: false, MethodKind: MethodKind.Ordinary })
            return false;
        if (!IsPosted(method, guard)) return false;
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            foreach (var attribute in type.GetAttributes())
            {
                if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, mark)) return true;
            }
        }

        return false;
    }

    private static bool IsPosted(IMethodSymbol method, GuardContext guard)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (guard.Types.IsPostAttribute(attribute.AttributeClass)) return true;
        }

        return false;
    }

    // int[] and string[] come from the query.
    private static bool IsOfSimpleItems(ITypeSymbol type)
    {
        var item = type switch
        {
            IArrayTypeSymbol array => array.ElementType,
            INamedTypeSymbol { TypeArguments: { Length: 1 } arguments } => arguments[0],
            _ => null,
        };
        return item is null or { IsValueType: true } or { SpecialType: SpecialType.System_String };
    }
}
