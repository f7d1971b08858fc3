using System.IO.Packaging;

class Uses
{
    static async Task Directly(Stream stream, Uri name)
    {
        using var package = Package.Open("file.zip"); //! AGD0104
        using var second = Package.Open("file.zip", FileMode.Open, FileAccess.Read); //! AGD0104
        using var third = Package.Open(stream); //! AGD0104
        using var fourth = Package.Open(new MemoryStream());
        var part = package.CreatePart(name, "text/plain");
        await stream.CopyToAsync(part.GetStream());
        package.Flush(); //! AGD0104
        package.Close(); //! AGD0104
    }

    static async Task Through()
    {
        var count = Count(); //! AGD0105
        await Task.Yield();
    }

    static int Count()
    {
        using var package = Package.Open("file.zip");
        return package.GetParts().Count();
    }
}
