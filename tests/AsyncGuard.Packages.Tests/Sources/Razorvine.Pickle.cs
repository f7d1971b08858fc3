using Razorvine.Pickle;

class Uses
{
    static async Task Directly(Pickler pickler, Unpickler unpickler, Stream stream, byte[] data)
    {
        var value = unpickler.load(stream); //! AGD0104
        pickler.dump(value, stream); //! AGD0104
        value = unpickler.loads(data);
        data = pickler.dumps(value);
        value = unpickler.load(new MemoryStream(data));
        unpickler.close();
        await Task.Yield();
    }

    static async Task Through(Stream stream)
    {
        var value = Load(stream); //! AGD0105
        await Task.Yield();
    }

    static object Load(Stream stream)
    {
        using var unpickler = new Unpickler();
        return unpickler.load(stream);
    }
}
