using Ionic.Zip;

class Uses
{
    static async Task Directly(Stream stream)
    {
        using var zip = ZipFile.Read("a.zip"); //! AGD0104
        zip.ExtractAll("/target"); //! AGD0104
        zip["a"].Extract("/target"); //! AGD0104
        using var made = new ZipFile();
        made.AddFile("a.txt");
        made.Save("b.zip"); //! AGD0104
        made.Save(stream); //! AGD0104
        await Task.Yield();
    }

    static async Task Through()
    {
        Pack(); //! AGD0105
        await Task.Yield();
    }

    static void Pack()
    {
        using var made = new ZipFile();
        made.AddDirectory("/source");
        made.Save("b.zip");
    }

    static async Task InMemory()
    {
        using var made = new ZipFile();
        made.AddEntry("a", "b");
        var memory = new MemoryStream();
        made.Save(memory);
        await Task.Yield();
    }
}
