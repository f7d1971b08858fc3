using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tokens;

/// <summary>
/// The token of a connection or a request, <c>Context.ConnectionAborted</c> of a hub or <c>HttpContext.RequestAborted</c>: it ends when
/// this client goes, which must not stop a message to others, nor leave a cache that all of them read behind what was written.
/// </summary>
internal static class ConnectionToken
{
    // Clients.All.SendAsync("left", Context.ConnectionAborted), but not Clients.Caller.SendAsync(…)
    public static bool IsOfAnother(IInvocationOperation call, TokenCandidate token, GuardContext guard)
    {
        var receiver = Unwrapped.Receiver(call);
        if (IsOfRequest(token) && (ChangesCache(call.TargetMethod.Name, receiver?.Type) || EndsByItself(call.TargetMethod))) return true;
        if (TypeOf(token.Owner) is not { } owner
            || !(SymbolEqualityComparer.Default.Equals(owner, guard.Types.HubCallerContext)
            || SymbolEqualityComparer.Default.Equals(owner, guard.Types.HttpContext)))
            return false;
        string? member = null;
        var isRead = false;
        while (receiver is not null)
        {
            switch (receiver)
            {
                case IConversionOperation conversion:
                    receiver = conversion.Operand;
                    break;
                case IPropertyReferenceOperation { Property.Name: ConventionalNames.Clients }:
                    return member != ConventionalNames.Caller;
                case IPropertyReferenceOperation property:
                    (member, receiver) = (property.Property.Name, property.Instance);
                    break;
                case IInvocationOperation inner:
                    member = inner.TargetMethod.Name;
                    receiver = Unwrapped.Receiver(inner);
                    break;
                // var all = Clients.All; … all.SendAsync("left", Context.ConnectionAborted)
                case ILocalReferenceOperation local when !isRead && InitialValue.Of(local, guard) is { } value:
                    (receiver, isRead) = (value, true);
                    break;
                // target = Clients.Clients(ids); … target.SendAsync("left"): one that may stand for others
                default:
                    return PlatformMembers.SendToClients.Is(call.TargetMethod.ReducedFrom ?? call.TargetMethod);
            }
        }

        return false;
    }

    /// <summary>Whether it is such a token, by its name.</summary>
    public static bool IsOfRequest(TokenCandidate token) =>
        ConventionalNames.IsOfRequest(token.Expression);

    // await cache.RemoveByTagAsync("users"), await cache.SetAsync(key, rows)
    private static bool ChangesCache(string method, ITypeSymbol? receiver) =>
        receiver is not null && CollectionNames.IsCache(receiver.Name) && CleanupNames.ChangesCache(method);

    // await response.WriteAsJsonAsync(order): ends with the request as it is; handed its token, it throws where it did not
    private static bool EndsByItself(IMethodSymbol method) => PlatformMembers.EndsWithRequest.Is(method.ReducedFrom ?? method);

    private static ITypeSymbol? TypeOf(ISymbol owner) => owner switch
    {
        IPropertySymbol property => property.Type,
        IFieldSymbol field => field.Type,
        IParameterSymbol parameter => parameter.Type,
        ILocalSymbol local => local.Type,
        _ => null,
    };
}
