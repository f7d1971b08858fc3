using BitMiracle.LibJpeg;

class Uses
{
    static async Task Directly(Stream input, Stream output, byte[] bytes)
    {
        var image = new JpegImage(input); //! AGD0104
        image.WriteJpeg(output); //! AGD0104
        image.WriteBitmap(output); //! AGD0104
        var decoded = new JpegImage(new MemoryStream(bytes));
        var width = image.Width;
        await Task.Yield();
    }

    static async Task Through(JpegImage image, Stream output)
    {
        Write(image, output); //! AGD0105
        await Task.Yield();
    }

    static void Write(JpegImage image, Stream output) => image.WriteJpeg(output);
}
