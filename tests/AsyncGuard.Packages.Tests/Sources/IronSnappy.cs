using IronSnappy;

class Uses
{
    static async Task Directly(Stream stream, byte[] data)
    {
        await using var writer = Snappy.OpenWriter(stream);
        writer.Write(data, 0, data.Length); //! AGD0103
        await using var reader = Snappy.OpenReader(stream);
        reader.CopyTo(stream); //! AGD0103
        var encoded = Snappy.Encode(data);
        var decoded = Snappy.Decode(encoded);
    }

    static async Task Through(Stream stream, byte[] data)
    {
        Write(stream, data); //! AGD0105
        await Task.Yield();
    }

    static void Write(Stream stream, byte[] data)
    {
        using var writer = Snappy.OpenWriter(stream);
        writer.Write(data, 0, data.Length);
    }
}
