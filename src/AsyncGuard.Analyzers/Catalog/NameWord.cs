namespace AsyncGuard.Catalog;

/// <summary>The first word of the name of a method.</summary>
internal static class NameWord
{
    /// <summary>
    /// Whether the name starts with the word: <c>CommitAsync</c> and <c>Commit</c> do with <c>Commit</c>, <c>Committee</c> does not.
    /// </summary>
    public static bool Starts(string method, string word)
    {
        // IAsyncDisposable.DisposeAsync, implemented explicitly
        var start = method.LastIndexOf('.') + 1;
        if (string.CompareOrdinal(method, start, word, 0, word.Length) != 0) return false;
        return method.Length == start + word.Length || !char.IsLower(method[start + word.Length]);
    }

    /// <summary>Whether the name starts with one of the words.</summary>
    public static bool StartsAny(string method, string[] words)
    {
        foreach (var word in words)
        {
            if (Starts(method, word)) return true;
        }

        return false;
    }
}
