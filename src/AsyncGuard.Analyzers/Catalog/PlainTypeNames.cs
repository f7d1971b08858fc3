using System.Collections.Generic;

namespace AsyncGuard.Catalog;

/// <summary>Types by their names alone, where a file is read before any symbol is bound.</summary>
internal static class PlainTypeNames
{
    private static readonly HashSet<string> Data = new()
    {
        "Dictionary", "List", "HashSet", "Queue", "Stack", "LinkedList", "SortedDictionary", "SortedList", "SortedSet", "IDictionary",
            "IList", "ISet", "ICollection",
        "IReadOnlyDictionary", "IReadOnlyList", "IReadOnlyCollection", "IReadOnlySet", "ConcurrentDictionary", "ConcurrentQueue",
            "ConcurrentStack", "ConcurrentBag",
        "ImmutableArray", "ImmutableList", "ImmutableDictionary", "ImmutableHashSet", "ImmutableSortedDictionary", "ImmutableSortedSet",
            "FrozenDictionary", "FrozenSet", "ConditionalWeakTable",
        "ObservableCollection", "Collection", "Type", "String", "Uri", "Version", "Guid", "TimeSpan", "DateTime", "DateTimeOffset",
            "Encoding", "CultureInfo",
        "StringBuilder", "Stopwatch", "SemaphoreSlim", "CancellationTokenSource", "MethodInfo", "PropertyInfo", "ConstructorInfo",
            "FieldInfo", "JsonSerializerOptions",
    };

    // Whatever else has such a name.
    private static readonly HashSet<string> Code =
        new() { "Func", "Action", "Lazy", "Predicate", "Comparison", "Converter", "EventHandler" };

    /// <summary>The type that holds a value back until it is asked for.</summary>
    public const string Lazy = "Lazy";

    /// <summary>Whether an object of the type holds no code that runs when it is used.</summary>
    public static bool IsData(string type) => Data.Contains(type);

    /// <summary>Whether the type is a delegate of the framework, or <c>Lazy&lt;T&gt;</c>.</summary>
    public static bool IsCode(string type) => Code.Contains(type);

    /// <summary>Whether the type is a task or a value task.</summary>
    public static bool IsTask(string type) => type is "Task" or "ValueTask";

    /// <summary>Whether the type, written as in code, says that there is no code yet.</summary>
    public static bool IsNotImplemented(string type) => type.EndsWith("NotImplementedException", System.StringComparison.Ordinal);
}
