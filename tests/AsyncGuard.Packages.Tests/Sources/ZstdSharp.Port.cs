using ZstdSharp;

class Uses
{
    static async Task Directly(Stream source, Stream target, byte[] data)
    {
        await using var encoder = new CompressionStream(target);
        source.CopyTo(encoder); //! AGD0103
        encoder.Write(data, 0, data.Length); //! AGD0103
        using var compressor = new Compressor();
        var packed = compressor.Wrap(data).ToArray();
        using var decompressor = new Decompressor();
        var unpacked = decompressor.Unwrap(packed).ToArray();
        await Task.Yield();
    }

    static async Task Through(Stream source, Stream target)
    {
        Pack(source, target); //! AGD0105
        await Task.Yield();
    }

    static void Pack(Stream source, Stream target)
    {
        using var encoder = new CompressionStream(target);
        source.CopyTo(encoder);
    }
}
