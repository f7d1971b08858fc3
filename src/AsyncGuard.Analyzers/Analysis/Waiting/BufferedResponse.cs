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

    /// <summary>
    /// Whether the call reads a body that is in memory, so that a token would end nothing: also
    /// <c>response.Content.ReadFromJsonAsync&lt;Order&gt;()</c>.
    /// </summary>
    public static bool IsOfMemory(IInvocationOperation call, GuardContext guard) =>
        (PlatformMembers.ReadContent.Is(call.TargetMethod) || PlatformMembers.ReadJson.Is(call.TargetMethod))
        && Unwrapped.Receiver(call) is { } content && (HasBody(content, guard) || InMemory.Is(content, guard));

    private static bool HasBody(IInvocationOperation call, GuardContext guard) =>
        call.Instance is { } content && HasBody(content, guard);

    private static bool HasBody(IOperation content, GuardContext guard)
    {
        if (Holder(content) is not IPropertyReferenceOperation { Property: var body, Instance: { } message }) return false;
        if (IsOf(body, guard.Types.HttpResponseMessage) && IsBuffered(Holder(message), guard)) return true;
        return PlatformMembers.MessageContent.Is(body) && IsMadeWithMemory(Holder(message), guard);
    }

    // response?.Content
    private static IOperation Holder(IOperation value) => Unwrapped.Conversions(Unwrapped.Conditional(Unwrapped.Conversions(value)));

    // HttpResponseMessage response; try { response = await client.GetAsync(url); } catch { … }
    private static bool IsBuffered(IOperation response, GuardContext guard)
    {
        if (response is not ILocalReferenceOperation local)
            return IsRequest(response, guard) || IsRequest(InitialValue.Of(response, guard), guard);
        if (AssignedValues.Of(local) is not { } values) return false;
        var isBuffered = false;
        foreach (var value in values)
        {
            if (IsNull(value)) continue;
            if (!IsRequest(value, guard)) return false;
            isBuffered = true;
        }

        return isBuffered;
    }

    // await client.SendAsync(request); client.Send(request); var sent = client.SendAsync(request); await sent; sent.Result
    private static bool IsRequest(IOperation? value, GuardContext guard)
    {
        var sent = Unwrapped.ConversionsOrNull(value);
        if (sent is IAwaitOperation { Operation: var awaited }) sent = Unwrapped.Awaited(awaited);
        else if (sent is not null && TaskWait.Of(sent, guard) is { Tasks: { Length: 1 } tasks }) sent = Unwrapped.Awaited(tasks[0]);
        if (sent is ILocalReferenceOperation) sent = Unwrapped.ConversionsOrNull(InitialValue.Of(sent, guard));
        if (sent is not IInvocationOperation request || !IsOf(request.TargetMethod, guard.Types.HttpClient)) return false;
        foreach (var argument in request.Arguments)
        {
            if (SymbolEqualityComparer.Default.Equals(argument.Parameter?.Type, guard.Types.HttpCompletionOption)
                && argument.Value.ConstantValue is not { HasValue: true, Value: not ResponseHeadersRead }) return false;
        }

        return true;
    }

    // var request = new HttpRequestMessage(method, url) { Content = new StringContent(text) }; request.Content = …
    private static bool IsMadeWithMemory(IOperation message, GuardContext guard)
    {
        if (message is not ILocalReferenceOperation local || AssignedValues.Of(local) is not { Count: > 0 } values) return false;
        foreach (var value in values)
        {
            if (Unwrapped.Conversions(value) is not IObjectCreationOperation made || !HasMemory(made.Initializer, guard)) return false;
        }

        foreach (var operation in FlowGraphs.RootOf(message).Descendants())
        {
            if (operation is not ILocalReferenceOperation { Local: var named }
                || !SymbolEqualityComparer.Default.Equals(named, local.Local))
                continue;
            switch (Unwrapped.ConversionsAround(operation).Parent)
            {
                case IPropertyReferenceOperation { Property: var body, Parent: ISimpleAssignmentOperation set } content
                    when ReferenceEquals(set.Target, content) && PlatformMembers.MessageContent.Is(body):
                    if (!IsNullOrMemory(set.Value, guard)) return false;
                    break;

                // Fill(request)
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } } when guard.IsOurs(method):
                    return false;
            }
        }

        return true;
    }

    private static bool HasMemory(IObjectOrCollectionInitializerOperation? initializer, GuardContext guard)
    {
        if (initializer is null) return true;
        foreach (var setting in initializer.Initializers)
        {
            if (setting is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var body }, Value: var content }
                && PlatformMembers.MessageContent.Is(body) && !IsNullOrMemory(content, guard))
                return false;
        }

        return true;
    }

    private static bool IsNullOrMemory(IOperation content, GuardContext guard)
    {
        content = Unwrapped.Conversions(content);
        if (content is IConditionalOperation { WhenTrue: var first, WhenFalse: { } second })
            return IsNullOrMemory(first, guard) && IsNullOrMemory(second, guard);
        return IsNull(content) || InMemory.Is(content, guard);
    }

    private static bool IsNull(IOperation value) => Unwrapped.Conversions(value).ConstantValue is { HasValue: true, Value: null };

    private static bool IsOf(ISymbol member, INamedTypeSymbol? type) => SymbolEqualityComparer.Default.Equals(member.ContainingType, type);
}
