using System.IO.Compression;
using Zstandard.Net;

class Uses
{
    static async Task Directly(Stream stream, byte[] data)
    {
        await using var compression = new ZstandardStream(stream, CompressionMode.Compress);
        compression.Write(data, 0, data.Length); //! AGD0103
        compression.Flush(); //! AGD0103
        using var second = new ZstandardStream(stream, 5);
        await second.WriteAsync(data);
        await using var decompression = new ZstandardStream(stream, CompressionMode.Decompress);
        var read = decompression.Read(data, 0, data.Length); //! AGD0103
        using var dictionary = new ZstandardDictionary("dictionary.bin"); //! AGD0104
        using var received = new ZstandardDictionary(stream); //! AGD0104
        using var known = new ZstandardDictionary(data);
    }

    static async Task Through(Stream stream, byte[] data)
    {
        Write(stream, data); //! AGD0105
        await Task.Yield();
    }

    static void Write(Stream stream, byte[] data)
    {
        using var compression = new ZstandardStream(stream, CompressionMode.Compress);
        compression.Write(data, 0, data.Length);
    }
}
