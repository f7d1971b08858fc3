namespace AsyncGuard.Analysis.Names;

/// <summary>
/// An array of numbers in pieces, none of which is so long that the garbage collector would keep it among the large objects.
/// </summary>
internal readonly struct ChunkedInts
{
    private const int Bits = 14;
    private const int Mask = (1 << Bits) - 1;

    private readonly int[][] _pieces;

    public ChunkedInts(int length)
    {
        _pieces = new int[(length >> Bits) + 1][];
        for (var i = 0; i < _pieces.Length; i++) _pieces[i] = new int[i < _pieces.Length - 1 ? Mask + 1 : length & Mask];
    }

    public ref int this[int at] => ref _pieces[at >> Bits][at & Mask];
}
