namespace AsyncGuard.Analysis.Effects.Solving;

/// <summary>A constant, or the knowledge that there is an object.</summary>
internal static class KnownValue
{
    /// <summary>Some object, of which nothing is known but that it is there: <c>new Cache()</c>, <c>cache ?? throw …</c></summary>
    public static object Something { get; } = new();

    /// <summary>Whether the two are equal; null where that is not known.</summary>
    public static bool? AreEqual(object? left, object? right)
    {
        if (left == Something || right == Something) return left is null || right is null ? false : null;
        return left is not null && right is not null && left.GetType() != right.GetType() ? null : Equals(left, right);
    }
}
