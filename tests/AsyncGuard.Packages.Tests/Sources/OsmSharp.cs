using OsmSharp;
using OsmSharp.Streams;

class Uses
{
    static async Task Directly(Stream file)
    {
        using var source = new PBFOsmStreamSource(file);
        foreach (var geo in source) Console.Write(geo.Id); //! AGD0104
        var moved = source.MoveNext(); //! AGD0104
        var current = source.Current();
        var node = new Node { Id = 1 };
        await Task.Yield();
    }

    static async Task Through(PBFOsmStreamSource source)
    {
        Next(source); //! AGD0105
        await Task.Yield();
    }

    static bool Next(PBFOsmStreamSource source) => source.MoveNext();
}
