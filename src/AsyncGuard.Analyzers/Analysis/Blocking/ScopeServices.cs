using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>
/// What the code takes from a service scope, which disposes of it at its end.
/// <code>
/// using var scope = _scopes.CreateScope();
/// var db = scope.ServiceProvider.GetRequiredService&lt;ShopDb&gt;();
/// </code>
/// </summary>
internal static class ScopeServices
{
    /// <summary>
    /// Whether the scope is kept in a local from which nothing is taken but contexts of Entity Framework Core, where these run in place.
    /// </summary>
    public static bool RunInPlace(IOperation creation, GuardContext guard)
    {
        if (!EntityFramework.Of(guard).IsInPlace || LocalOf(creation) is not { } local) return false;
        var isUsed = false;
        foreach (var operation in FlowGraphs.RootOf(creation).Descendants())
        {
            if (operation is not ILocalReferenceOperation reference || !SymbolEqualityComparer.Default.Equals(reference.Local, local))
                continue;
            if (ServiceOf(reference) is not { } service || !EntityFramework.Of(guard).RunsInPlace(service)) return false;
            isUsed = true;
        }

        return isUsed;
    }

    // using var scope = factory.CreateScope();
    private static ILocalSymbol? LocalOf(IOperation creation) =>
        Unwrapped.ConversionsAround(creation).Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation variable }
        ? variable.Symbol : null;

    // scope.ServiceProvider.GetRequiredService<T>(), an extension or not, also behind a cast: (T)provider.GetService(typeof(T))
    private static ITypeSymbol? ServiceOf(ILocalReferenceOperation scope)
    {
        if (scope.Parent is not IPropertyReferenceOperation provider) return null;
        var outer = Unwrapped.ConversionsAround(provider);
        var call = outer.Parent switch
        {
            IInvocationOperation instance when ReferenceEquals(instance.Instance, outer) => instance,
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } extension } => extension,
            _ => null,
        };
        return call is null ? null : Unwrapped.ConversionsAround(call).Type;
    }
}
