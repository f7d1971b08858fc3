using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting;

/// <summary>The body of a response that is in memory since the request was awaited: it is, unless only the headers were asked for.</summary>
internal static class BufferedResponse
{
    private const int ResponseHeadersRead = 1;

    /// <summary><code>var response = await client.SendAsync(request);  …  response.Content.ReadAsStream()</code></summary>
    public static bool IsRead(IInvocationOperation call, GuardContext guard)
    {
        if (call.TargetMethod is not { Name: "ReadAsStream" or "CopyTo", ContainingType.Name: "HttpContent" }) return false;
        if (call.Instance is not IPropertyReferenceOperation { Property: { Name: "Content", ContainingType.Name: "HttpResponseMessage" }, Instance: { } response }) return false;
        if (InitialValue.Of(response, guard) is not IAwaitOperation { Operation: var awaited }) return false;
        if (Unwrapped.Awaited(awaited) is not IInvocationOperation { TargetMethod.ContainingType.Name: "HttpClient" } request) return false;
        foreach (var argument in request.Arguments)
        {
            if (argument.Parameter?.Type.Name == "HttpCompletionOption" && argument.Value.ConstantValue is not { HasValue: true, Value: not ResponseHeadersRead }) return false;
        }

        return true;
    }
}
