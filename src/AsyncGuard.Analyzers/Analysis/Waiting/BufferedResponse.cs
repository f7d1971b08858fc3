using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Code.Flow;
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
    public static bool IsRead(IInvocationOperation call, GuardContext guard) =>
        IsOf(call.TargetMethod, guard.Types.HttpContent) && guard.Apis.Has(call.TargetMethod, ApiTraits.Blocks) && HasBody(call, guard);

    /// <summary>
    /// <code>var response = await client.SendAsync(request);  …  response.Content.ReadAsStringAsync(), new StringContent(text)…</code>
    /// </summary>
    public static bool IsReadLater(IInvocationOperation call, GuardContext guard) =>
        IsOf(call.TargetMethod, guard.Types.HttpContent) && PlatformMembers.ReadContent.Is(call.TargetMethod)
        && (HasBody(call, guard) || InMemory.Serves(call, guard));

    private static bool HasBody(IInvocationOperation call, GuardContext guard) =>
        call.Instance is { } content && Holder(content) is IPropertyReferenceOperation { Property: var body, Instance: { } response }
        && IsOf(body, guard.Types.HttpResponseMessage) && IsBuffered(Holder(response), guard);

    // response?.Content
    private static IOperation Holder(IOperation value) => Unwrapped.Conversions(Unwrapped.Conditional(Unwrapped.Conversions(value)));

    // HttpResponseMessage response; try { response = await client.GetAsync(url); } catch { … }
    private static bool IsBuffered(IOperation response, GuardContext guard)
    {
        if (response is not ILocalReferenceOperation local) return IsRequest(InitialValue.Of(response, guard), guard);
        if (AssignedValues.Of(local) is not { } values) return false;
        var isBuffered = false;
        foreach (var value in values)
        {
            if (Unwrapped.Conversions(value).ConstantValue is { HasValue: true, Value: null }) continue;
            if (!IsRequest(value, guard)) return false;
            isBuffered = true;
        }

        return isBuffered;
    }

    private static bool IsRequest(IOperation? value, GuardContext guard)
    {
        if (Unwrapped.ConversionsOrNull(value) is not IAwaitOperation { Operation: var awaited }) return false;
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
