using System;

namespace AsyncGuard.Catalog;

/// <summary>
/// What the members of a collection do, by their names alone: those of the framework's collections, which other collections follow.
/// </summary>
internal static class CollectionNames
{
    /// <summary>Whether the method puts what it receives into the collection.</summary>
    public static bool Fills(string method) =>
        method is "Add" or "AddRange" or "AddFirst" or "AddLast" or "Insert" or "InsertRange" or "Enqueue" or "Push" or "TryAdd";

    /// <summary>Whether the method puts something in; of a dictionary, where there is nothing yet as well.</summary>
    public static bool Extends(string method) =>
        method is "Add" or "AddRange" or "Insert" or "InsertRange" or "Enqueue" or "Push" or "TryAdd" or "AddOrUpdate" or "GetOrAdd";

    /// <summary>Whether the method puts one item in.</summary>
    public static bool Adds(string method) => method is "Add" or "Enqueue" or "Push" or "TryAdd";

    /// <summary>Whether the method puts all of another sequence in.</summary>
    public static bool AddsAll(string method) => method is "AddRange";

    /// <summary>Whether the method takes out what it receives.</summary>
    public static bool Removes(string method) => method is "TryRemove" or "Remove";

    /// <summary>Whether the method takes an item out and gives it to its caller: <c>Dequeue</c>, <c>TryRead</c>.</summary>
    public static bool TakesOut(string method) =>
        method is "Dequeue" or "DequeueAsync" or "TryDequeue" or "Pop" or "TryPop" or "TryTake" or "TryRead" or "TryReceive"
        || IsTake(method);

    /// <summary>The same of a method that has its name in common with one which gives some of the items.</summary>
    public static bool IsTake(string method) => method is "Take" or "TakeAsync";

    /// <summary>
    /// Whether the method, which receives nothing to fill, gives the next item that it takes out: <c>ReceiveAsync(token)</c>.
    /// </summary>
    public static bool Receives(string method) => method is "Receive" or "ReceiveAsync";

    /// <summary>Whether the method takes items out that the caller has: <c>RemoveAt</c>, <c>Clear</c>.</summary>
    public static bool Drops(string method) => method is "Remove" or "RemoveAt" or "RemoveRange" or "RemoveAll" or "Clear" or "TryRemove";

    /// <summary>Whether the method asks for a key.</summary>
    public static bool LooksUpKey(string method) => method is "TryGetValue" or "ContainsKey";

    /// <summary>Whether the method asks whether there is an item.</summary>
    public static bool Contains(string method) => method is "Contains";

    /// <summary>Whether the method asks for an item or keeps one, as what remembers results or places does.</summary>
    public static bool Remembers(string method) => LooksUpKey(method) || method is "GetOrAdd" or "Contains" or "Add" or "TryAdd";

    /// <summary>Whether the method keeps what it receives for a key that is not there: <c>GetOrAdd</c>, <c>GetOrCreateAsync</c>.</summary>
    public static bool Stores(string method) =>
        method.StartsWith("GetOr", StringComparison.Ordinal) || method.StartsWith("AddOr", StringComparison.Ordinal);

    /// <summary>Whether the method leaves the items themselves alone.</summary>
    public static bool Arranges(string method) =>
        method is "Clear" or "Remove" or "RemoveAt" or "RemoveAll" or "RemoveRange" or "Contains" or "ContainsKey" or "EnsureCapacity"
        or "TrimExcess" or "Sort" or "Reverse" or "IndexOf";

    /// <summary>Whether the method calls its delegate for each item.</summary>
    public static bool GoesThrough(string method) => method is "ForEach";

    /// <summary>Whether the method finds the place of the item that it receives.</summary>
    public static bool FindsItem(string method) => method is "IndexOf" or "LastIndexOf";

    /// <summary>Whether the method finds the place of an item.</summary>
    public static bool FindsPlace(string method) => FindsItem(method) || method is "FindIndex" or "FindLastIndex";

    /// <summary>Whether the method gives one item.</summary>
    public static bool Picks(string method) =>
        method is "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" or "Last" or "LastOrDefault" or "Find" or "FindLast";

    /// <summary>Whether the method gives some of the items.</summary>
    public static bool Filters(string method) => method is "Where";

    /// <summary>The same of a sequence whose filter may be asynchronous.</summary>
    public static bool FiltersAsync(string method) => method is "Where" or "WhereAsync";

    /// <summary>Whether the method gives something for each item.</summary>
    public static bool Projects(string method) => method is "Select";

    /// <summary>Whether the method gives fewer items than there are, in groups.</summary>
    public static bool Groups(string method) => method is "GroupBy" or "CountBy" or "AggregateBy";

    /// <summary>Whether the method gives all items as a list or an array.</summary>
    public static bool Lists(string method) => method is "ToList" or "ToArray";

    /// <summary>Whether the method copies the items into a collection that does not change.</summary>
    public static bool Freezes(string method) => method is "ToImmutableArray" or "ToImmutableList" or "ToFrozenDictionary";

    /// <summary>Whether the method gives some items at most, or in portions: <c>Take</c>, <c>Chunk</c>, <c>ToPagedList</c>.</summary>
    public static bool Limits(string method) =>
        method.StartsWith("Take", StringComparison.Ordinal) || method.StartsWith("Chunk", StringComparison.Ordinal)
        || method.StartsWith("Batch", StringComparison.Ordinal) || method.StartsWith("Buffer", StringComparison.Ordinal)
        || method.StartsWith("Page", StringComparison.Ordinal) || method.StartsWith("ToPage", StringComparison.Ordinal)
        || method is "Limit" or "Top" or "Window" or "Partition";

    /// <summary>Whether the method asks a question of the items.</summary>
    public static bool Asks(string method) => method is "Any" or "All" or "Count";

    /// <summary>Whether the method only looks at what other code sets or fills.</summary>
    public static bool Looks(string method) =>
        method.StartsWith("Try", StringComparison.Ordinal) || method.StartsWith("Contains", StringComparison.Ordinal)
        || method is "Any" or "Count" or "Read" or "Exchange" or "CompareExchange" or "Peek";

    /// <summary>Whether the method takes an item out, and says whether there was one.</summary>
    public static bool TriesToTake(string method) =>
        method.StartsWith("Try", StringComparison.Ordinal) && !method.StartsWith("TryPeek", StringComparison.Ordinal)
        && !method.StartsWith("TryGet", StringComparison.Ordinal);

    /// <summary>Whether the method gives items until other code says that there are no more.</summary>
    public static bool Consumes(string method) =>
        method is "GetConsumingEnumerable" or "ReadAllAsync" || method.StartsWith("Consume", StringComparison.Ordinal)
        || method.StartsWith("Receive", StringComparison.Ordinal);

    /// <summary>Whether the property or method gives the number of items.</summary>
    public static bool Counts(string member) => member is "Count" or "Length" or "LongLength" or "GetLength";

    /// <summary>Whether the property gives the length of an array or text.</summary>
    public static bool IsLength(string property) => property is "Length" or "LongLength";

    /// <summary>Whether the property or method, which may be LINQ's, gives the number of items.</summary>
    public static bool IsCount(string member) => member is "Count";

    /// <summary>Whether the property, named without its object, gives the number of items.</summary>
    public static bool IsSize(string property) => IsCount(property) || IsLength(property);

    /// <summary>Whether the method, named behind a <c>?.</c> or without its object, gives the number of items.</summary>
    public static bool IsCountOrGetLength(string member) => member is "Count" or "GetLength";

    /// <summary>Whether the code, as text, ends with a number of items.</summary>
    public static bool EndsWithSize(string code) =>
        code.EndsWith(".Count", StringComparison.Ordinal) || code.EndsWith(".Count()", StringComparison.Ordinal)
        || code.EndsWith(".Length", StringComparison.Ordinal);

    /// <summary>Whether the code, as text, ends with the name of a constant of a number: <c>int.MaxValue</c>, <c>MinValue</c>.</summary>
    public static bool EndsWithLimit(string code) => code.EndsWith("Value", StringComparison.Ordinal);

    /// <summary>Whether the code, as text, makes a sequence of a specified length.</summary>
    public static bool Generates(string code) => code.Contains("Range(") || code.Contains("Repeat(");

    /// <summary>Whether the method takes an item out or changes it.</summary>
    public static bool Changes(string method) => method is "TryRemove" or "Remove" or "Clear" or "TryUpdate" or "AddOrUpdate";

    /// <summary>Whether the method finds the value of a key.</summary>
    public static bool Finds(string method) => method is "TryGetValue";

    /// <summary>Whether the method copies a sequence into an immutable collection.</summary>
    public static bool MakesImmutable(string method) => method.StartsWith("ToImmutable", StringComparison.Ordinal);

    /// <summary>Whether the type keeps values for a time.</summary>
    public static bool IsCache(string type) => type.Contains("Cache");

    /// <summary>Whether the property gives the number of items, or room for them.</summary>
    public static bool IsNumber(string property) => property is "Count" or "Length" or "LongLength" or "Capacity" or "IsEmpty" or "Keys";

    /// <summary>Whether the property gives the items of a map.</summary>
    public static bool AreValues(string property) => property is "Values";
}
