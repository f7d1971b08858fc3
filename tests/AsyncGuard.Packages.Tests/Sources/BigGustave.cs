using BigGustave;

class Uses
{
    static async Task Directly(byte[] bytes, Stream given, PngBuilder builder)
    {
        var opened = Png.Open("a.png"); //! AGD0104
        var streamed = Png.Open(given); //! AGD0104
        builder.Save(given); //! AGD0104
        var inMemory = Png.Open(new MemoryStream(bytes));
        var decoded = Png.Open(bytes);
        var encoded = builder.Save();
        var pixel = opened.GetPixel(0, 0);
        await Task.Yield();
    }

    static async Task Through()
    {
        Height(); //! AGD0105
        await Task.Yield();
    }

    static int Height() => Png.Open("a.png").Height;
}
