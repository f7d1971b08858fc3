namespace AsyncGuard.Catalog;

/// <summary>Members of LINQ, and of what is enumerated.</summary>
internal static class SequenceMembers
{
    public static readonly ApiMember AsQueryable = new("M:System.Linq.Queryable.AsQueryable");

    public static readonly ApiMember WithCancellation = new(
        "M:System.Threading.Tasks.TaskAsyncEnumerableExtensions.WithCancellation",
        "M:System.Runtime.CompilerServices.ConfiguredCancelableAsyncEnumerable`1.WithCancellation");

    public static readonly ApiMember First = new("M:System.Linq.Enumerable.First");

    public static readonly ApiMember ElementAt = new("M:System.Linq.Enumerable.ElementAt");

    /// <summary>An array or list of the items.</summary>
    public static readonly ApiMember ToList = new("M:System.Linq.Enumerable.ToArray", "M:System.Linq.Enumerable.ToList");

    public static readonly ApiMember Take = new("M:System.Linq.Enumerable.Take");

    public static readonly ApiMember Select = new("M:System.Linq.Enumerable.Select");

    /// <summary>Calls a delegate for each item, and returns nothing.</summary>
    public static readonly ApiMember ForEach = new("M:System.Collections.Generic.List`1.ForEach", "M:System.Array.ForEach");

    public static readonly ApiMember SelectAny = new("M:System.Linq.Enumerable.Select", "M:System.Linq.Enumerable.SelectMany");

    public static readonly ApiMember Where = new("M:System.Linq.Enumerable.Where");

    /// <summary>Some of the items of a sequence, or all of them in portions.</summary>
    public static readonly ApiMember Part = new(
        "M:System.Linq.Enumerable.Where",
        "M:System.Linq.Enumerable.OfType",
        "M:System.Linq.Enumerable.Take",
        "M:System.Linq.Enumerable.TakeLast",
        "M:System.Linq.Enumerable.TakeWhile",
        "M:System.Linq.Enumerable.Skip",
        "M:System.Linq.Enumerable.SkipLast",
        "M:System.Linq.Enumerable.SkipWhile",
        "M:System.Linq.Enumerable.Chunk",
        "M:System.Linq.Enumerable.Except",
        "M:System.Linq.Enumerable.ExceptBy",
        "M:System.Linq.Enumerable.Intersect",
        "M:System.Linq.Enumerable.IntersectBy",
        "M:System.Linq.Enumerable.Distinct",
        "M:System.Linq.Enumerable.DistinctBy");

    /// <summary>The value of something that may be null, or the default of its type.</summary>
    public static readonly ApiMember GetValueOrDefault = new("M:System.Nullable`1.GetValueOrDefault");

    /// <summary>An array or text as memory.</summary>
    public static readonly ApiMember AsMemory = new("M:System.MemoryExtensions.AsMemory", "M:System.MemoryExtensions.AsSpan");

    public static readonly ApiMember Count = new("M:System.Linq.Enumerable.Count");

    public static readonly ApiMember TryGetCount = new("M:System.Linq.Enumerable.TryGetNonEnumeratedCount");

    /// <summary>A sequence of a specified length.</summary>
    public static readonly ApiMember Generated = new("M:System.Linq.Enumerable.Range", "M:System.Linq.Enumerable.Repeat");
}
