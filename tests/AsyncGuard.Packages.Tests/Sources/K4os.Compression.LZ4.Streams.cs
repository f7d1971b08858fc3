using K4os.Compression.LZ4;
using K4os.Compression.LZ4.Streams;

class Uses
{
    static async Task Directly(Stream source, Stream target, byte[] data)
    {
        await using var encoder = LZ4Stream.Encode(target);
        source.CopyTo(encoder); //! AGD0103
        encoder.Flush(); //! AGD0103
        using var decoder = LZ4Stream.Decode(source); //? AGD0505
        var read = decoder.Read(data, 0, data.Length); //! AGD0103
        var small = LZ4Pickler.Pickle(data);
        var packed = LZ4Pickler.Pickle(data, LZ4Level.L12_MAX); //! AGD0106
        await Task.Yield();
    }
}
