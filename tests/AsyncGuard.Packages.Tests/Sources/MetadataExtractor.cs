using MetadataExtractor;

class Uses
{
    static async Task Directly(string path, Stream upload)
    {
        var a = ImageMetadataReader.ReadMetadata(path); //! AGD0104
        var b = ImageMetadataReader.ReadMetadata(upload); //! AGD0104
        var tags = a[0].Tags;
        var name = a[0].Name;
        var text = tags[0].Description;
        await Task.Yield();
    }

    static async Task Memory(byte[] bytes)
    {
        var c = ImageMetadataReader.ReadMetadata(new MemoryStream(bytes));
        await Task.Yield();
    }

    static async Task Through(string path)
    {
        Read(path); //! AGD0105
        await Task.Yield();
    }

    static object Read(string path) => ImageMetadataReader.ReadMetadata(path);
}
