using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Context;

/// <summary>Code that runs for each request: endpoint lambdas, controllers, filters, middleware, hubs, gRPC services, components.</summary>
internal static class RequestCode
{
    public static bool Is(IOperation operation, ISymbol? member, GuardContext guard) =>
        IsInEndpoint(operation, guard)
        || (member?.ContainingType is { } type
        && (guard.Apis.TypeHas(type, ApiTraits.Serves) || IsMiddleware(type, guard) || IsGrpcService(type, guard)));

    /// <summary><code>app.MapGet("/", () => …)      app.Use(async (context, next) => …)</code></summary>
    public static bool IsInEndpoint(IOperation operation, GuardContext guard)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation lambda && DelegateUse.CallOf(lambda) is IInvocationOperation call
                && guard.Apis.TypeEntry(call.TargetMethod.ContainingType, ApiTraits.Serves) is not null)
                return true;
        }

        return false;
    }

    // Task InvokeAsync(HttpContext context)
    private static bool IsMiddleware(INamedTypeSymbol type, GuardContext guard)
    {
        if (guard.Types.HttpContext is not { } context) return false;
        foreach (var name in new[] { "InvokeAsync", "Invoke" })
        {
            foreach (var member in type.GetMembers(name))
            {
                if (member is IMethodSymbol { Parameters: { Length: > 0 } parameters }
                    && SymbolEqualityComparer.Default.Equals(parameters[0].Type, context))
                    return true;
            }
        }

        return false;
    }

    // class GreeterService : Greeter.GreeterBase
    private static bool IsGrpcService(INamedTypeSymbol type, GuardContext guard)
    {
        if (guard.Types.BindServiceMethodAttribute is not { } mark) return false;
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            foreach (var attribute in current.GetAttributes())
            {
                if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, mark)) return true;
            }
        }

        return false;
    }
}
