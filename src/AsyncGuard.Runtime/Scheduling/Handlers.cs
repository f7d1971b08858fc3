using System;

namespace AsyncGuard;

/// <summary>Raises events whose handlers are called in the middle of another caller's work.</summary>
internal static class Handlers
{
    /// <summary>Calls each handler, whatever another one throws, which is ignored.</summary>
    public static void Raise<T>(EventHandler<T>? handlers, T arguments)
    {
        if (handlers is null) return;
        foreach (var handler in handlers.GetInvocationList())
            Try(((EventHandler<T>)handler, arguments), static call => call.Item1(null, call.arguments));
    }

    /// <inheritdoc cref="Raise{T}(EventHandler{T}, T)"/>
    public static void Raise<T>(Action<T>? handlers, T argument)
    {
        if (handlers is null) return;
        foreach (var handler in handlers.GetInvocationList()) Try(((Action<T>)handler, argument), static call => call.Item1(call.argument));
    }

    private static void Try<TCall>(TCall call, Action<TCall> invoke)
    {
        try
        {
            invoke(call);
        }
        catch (Exception)
        {
            // A handler's failure must not end in the middle of another caller's completion.
        }
    }
}
