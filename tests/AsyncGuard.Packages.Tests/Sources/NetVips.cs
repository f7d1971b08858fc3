using NetVips;

class Uses
{
    static async Task Directly(byte[] data)
    {
        using var image = Image.NewFromFile("a.jpg"); //! AGD0104
        using var small = Image.Thumbnail("a.jpg", 100); //! AGD0104
        var png = small.WriteToBuffer(".png"); //! AGD0106
        small.WriteToFile("b.png"); //! AGD0104
        using var resized = image.Resize(0.5);
        var bytes = resized.PngsaveBuffer(); //! AGD0106
        await Task.Yield();
    }

    static async Task Through()
    {
        Shrink(); //! AGD0105
        await Task.Yield();
    }

    static void Shrink()
    {
        using var small = Image.Thumbnail("a.jpg", 100);
        small.WriteToFile("b.png");
    }
}
