using ICSharpCode.SharpZipLib.Zip;

class Uses
{
    static async Task Directly(Stream stream, byte[] buffer)
    {
        new FastZip().ExtractZip("a.zip", "d", null); //! AGD0104
        new FastZip().CreateZip("a.zip", "d", true, null); //! AGD0104
        using var input = new ZipInputStream(stream);
        var entry = input.GetNextEntry(); //! AGD0104
        var read = input.Read(buffer, 0, 1); //! AGD0103
        await Task.Yield();
    }
}
