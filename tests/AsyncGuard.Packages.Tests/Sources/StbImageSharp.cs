using StbImageSharp;

class Uses
{
    static async Task Directly(Stream stream, byte[] data)
    {
        var image = ImageResult.FromStream(stream); //! AGD0104
        image = ImageResult.FromStream(stream, ColorComponents.RedGreenBlueAlpha); //! AGD0104
        var info = ImageInfo.FromStream(stream); //! AGD0104
        var exact = ImageResultFloat.FromStream(stream); //! AGD0104
        foreach (var frame in ImageResult.AnimatedGifFramesFromStream(stream)) Console.Write(frame.DelayInMs); //! AGD0104
        image = ImageResult.FromStream(new MemoryStream(data));
        info = ImageInfo.FromStream(new MemoryStream(data));
        await Task.Yield();
    }

    static async Task Through(Stream stream)
    {
        var image = Load(stream); //! AGD0105
        await Task.Yield();
    }

    static ImageResult Load(Stream stream) => ImageResult.FromStream(stream);
}
