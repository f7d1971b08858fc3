using UtfUnknown;

class Uses
{
    static async Task Directly(Stream stream, FileInfo file, byte[] data, CancellationToken token)
    {
        var result = CharsetDetector.DetectFromFile("a.txt"); //! AGD0103
        result = CharsetDetector.DetectFromFile(file); //! AGD0103
        result = CharsetDetector.DetectFromStream(stream); //! AGD0103
        result = CharsetDetector.DetectFromStream(stream, 1000); //! AGD0103
        result = await CharsetDetector.DetectFromStreamAsync(stream); //! AGD0301
        result = await CharsetDetector.DetectFromFileAsync("a.txt", token);
        result = CharsetDetector.DetectFromBytes(data);
        result = CharsetDetector.DetectFromStream(new MemoryStream(data));
        var encoding = result.Detected?.Encoding;
    }

    static async Task Through(string path)
    {
        var name = Name(path); //! AGD0105
        await Task.Yield();
    }

    static string? Name(string path) => CharsetDetector.DetectFromFile(path).Detected?.EncodingName;
}
