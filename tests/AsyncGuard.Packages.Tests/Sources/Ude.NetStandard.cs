using Ude;

class Uses
{
    static async Task Directly(Stream stream, byte[] data)
    {
        var detector = new CharsetDetector();
        detector.Feed(stream); //! AGD0104
        detector.DataEnd();
        var charset = detector.Charset;
        detector.Feed(data, 0, data.Length);
        detector.Feed(new MemoryStream(data));
        await Task.Yield();
    }

    static async Task Through(Stream stream)
    {
        var charset = Detect(stream); //! AGD0105
        await Task.Yield();
    }

    static string Detect(Stream stream)
    {
        var detector = new CharsetDetector();
        detector.Feed(stream);
        detector.DataEnd();
        return detector.Charset;
    }
}
