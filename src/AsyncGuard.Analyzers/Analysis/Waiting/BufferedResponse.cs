using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting;

/// <summary>
/// The body of a response that is in memory since the request was awaited: it is, unless only the headers were asked for.
/// </summary>
internal static class BufferedResponse
{
    private const int ResponseHeadersRead = 1;

    /// <summary><code>var response = await client.SendAsync(request);  …  response.Content.ReadAsStream()</code></summary>
    public static bool IsRead(IInvocationOperation call, GuardContext guard)
    {
        if (!IsOf(call.TargetMethod, guard.Types.HttpContent) || !guard.Apis.Has(call.TargetMethod, ApiTraits.Blocks)) return false;
        if (call.Instance is not IPropertyReferenceOperation { Property: var content, Instance: { } response }
            || !IsOf(content, guard.Types.HttpResponseMessage))
            return false;
        if (InitialValue.Of(response, guard) is not IAwaitOperation { Operation: var awaited }) return false;
        if (Unwrapped.Awaited(awaited) is not IInvocationOperation request || !IsOf(request.TargetMethod, guard.Types.HttpClient))
            return false;
        foreach (var argument in request.Arguments)
        {
            if (SymbolEqualityComparer.Default.Equals(argument.Parameter?.Type, guard.Types.HttpCompletionOption)
                && argument.Value.ConstantValue is not { HasValue: true, Value: not ResponseHeadersRead }) return false;
        }

        return true;
    }

    private static bool IsOf(ISymbol member, INamedTypeSymbol? type) => SymbolEqualityComparer.Default.Equals(member.ContainingType, type);
}
