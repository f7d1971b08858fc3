using System;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Knows the value tasks among the types of results.</summary>
internal static class ValueTasks
{
    /// <summary>For work whose result is passed on and not awaited.</summary>
    /// <exception cref="NotSupportedException">The result is a value task.</exception>
    public static void Refuse<T>(string advice)
    {
        if (typeof(T).IsValueType && Known<T>.IsValueTask) throw new NotSupportedException(advice);
    }

    private static class Known<T>
    {
        public static readonly bool IsValueTask = typeof(T) == typeof(ValueTask)
            || (typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(ValueTask<>));
    }
}
