using System;

namespace AsyncGuard.Analysis.Names;

/// <summary>
/// The names that a thread has read last, one for each hash, so that the same name in many files is one string; and into which set each was
/// put last.
/// </summary>
internal sealed class NameCache
{
    private const int Slots = 4096;

    [ThreadStatic]
    private static NameCache? s_ofThread;

    private readonly string?[] _seen = new string?[Slots];
    private readonly int[] _put = new int[Slots];

    public static NameCache OfThread => s_ofThread ??= new NameCache();

    /// <summary>The number of the set that names are put into now.</summary>
    public int Set { get; set; }

    /// <summary>The set that the name with the hash was put into last.</summary>
    public ref int LastSetOf(int hash) => ref _put[hash & (Slots - 1)];

    public string Intern(string text, int start, int length, int hash)
    {
        ref var slot = ref _seen[hash & (Slots - 1)];
        if (slot is not null && slot.Length == length && string.CompareOrdinal(slot, 0, text, start, length) == 0) return slot;
        _put[hash & (Slots - 1)] = 0;
        return slot = text.Substring(start, length);
    }
}
