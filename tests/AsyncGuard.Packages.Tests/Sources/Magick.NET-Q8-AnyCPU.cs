using ImageMagick;

class Uses
{
    static async Task Directly(MagickImage image, byte[] data)
    {
        using var loaded = new MagickImage("a.png"); //! AGD0104|AGD0106
        image.Read("b.png"); //! AGD0103
        image.Write("c.png"); //! AGD0103
        using var fromData = new MagickImage(data); //! AGD0106
        image.Resize(100, 100); //! AGD0106
        var bytes = image.ToByteArray(); //! AGD0106
        await Task.Yield();
    }
}
