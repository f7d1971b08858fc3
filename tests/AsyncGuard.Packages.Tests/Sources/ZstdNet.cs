using ZstdNet;

class Uses
{
    static async Task Directly(Stream stream, byte[] data)
    {
        await using var compression = new CompressionStream(stream);
        compression.Write(data, 0, data.Length); //! AGD0103
        compression.Flush(); //! AGD0103
        using var second = new CompressionStream(stream); //! AGD0505
        await second.WriteAsync(data);
        using var compressor = new Compressor();
        var wrapped = compressor.Wrap(data);
        await using var decompression = new DecompressionStream(stream);
        var read = decompression.Read(data, 0, data.Length); //! AGD0103
    }

    static async Task Through(Stream stream, byte[] data)
    {
        Write(stream, data); //! AGD0105
        await Task.Yield();
    }

    static void Write(Stream stream, byte[] data)
    {
        using var compression = new CompressionStream(stream);
        compression.Write(data, 0, data.Length);
    }
}
