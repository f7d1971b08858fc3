using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

class Uses
{
    static async Task Directly(Stream upload, byte[] data)
    {
        using var fromFile = Image.Load("a.png"); //! AGD0103|AGD0106
        using var fromMemory = Image.Load<Rgba32>(data); //! AGD0106
        fromFile.SaveAsPng("b.png"); //! AGD0106
        fromFile.Save("b.jpg"); //! AGD0106
        fromFile.Mutate(image => image.Resize(100, 100)); //! AGD0106
        await Task.Yield();
    }

    static async Task Through(Image image)
    {
        Write(image); //! AGD0106
        await Task.Yield();
    }

    static void Write(Image image) => image.SaveAsJpeg("a.jpg");
}
