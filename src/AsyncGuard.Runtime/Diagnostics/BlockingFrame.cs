using System;

namespace AsyncGuard;

/// <summary>
/// Finds, in the text of a stack trace, the method of the user that waits. The text survives trimming; method objects do not.
/// </summary>
internal static class BlockingFrame
{
    private static readonly string[] Framework = ["System.", "Microsoft.", "Interop.", "Internal."];

    private static readonly string OwnNamespace = typeof(MonitoredContext).FullName!;

    /// <summary>
    /// <c>Shop.Basket.Total (Basket.cs:42)</c>, a lambda as <c>Shop.Basket.Total (lambda) (Basket.cs:43)</c>; of a stack without any user
    /// code, its first line.
    /// </summary>
    public static string Find(string stackTrace)
    {
        string? first = null;
        foreach (var line in stackTrace.Split('\n'))
        {
            // "   at Shop.Basket.Total(Int32 x) in /src/Basket.cs:line 42"; the words around the names depend on the language.
            var text = line.Trim();
            var start = text.IndexOf(' ');
            if (start < 0) continue;
            var call = text.Substring(start + 1);
            var open = call.IndexOf('(');
            if (open < 0) continue;
            var method = call.Substring(0, open);
            if (IsOwn(method)) continue;
            var described = CallbackName.InStackTrace(method) + Place(call);
            first ??= described;
            if (!IsFramework(method)) return described;
        }

        return first ?? "unknown";
    }

    private static bool IsFramework(string method)
    {
        foreach (var prefix in Framework)
        {
            if (method.StartsWith(prefix, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static bool IsOwn(string method)
        => method.StartsWith(OwnNamespace + ".", StringComparison.Ordinal)
           || method.StartsWith("AsyncGuard.SlowCallbackMonitor.", StringComparison.Ordinal);

    private static string Place(string call)
    {
        var end = call.LastIndexOf(')');
        var slash = call.LastIndexOfAny(['/', '\\']);
        if (slash < end) return "";
        var file = call.Substring(slash + 1);
        var colon = file.LastIndexOf(':');
        if (colon < 0) return "";
        var number = file.LastIndexOf(' ');
        return $" ({file.Substring(0, colon)}:{file.Substring(Math.Max(number, colon) + 1)})";
    }
}
