namespace AsyncGuard.Analysis.Names;

/// <summary>The places of some bodies in a <see cref="NameGraph"/>: a stretch of an array that all names share.</summary>
internal readonly struct BodyRange(ChunkedInts all, int start, int end)
{
    public Enumerator GetEnumerator() => new(all, start - 1, end);

    public struct Enumerator(ChunkedInts all, int at, int end)
    {
        public readonly int Current => all[at];

        public bool MoveNext() => ++at < end;
    }
}
