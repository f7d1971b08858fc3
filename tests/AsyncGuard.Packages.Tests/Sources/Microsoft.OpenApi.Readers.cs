using Microsoft.OpenApi.Readers;

class Uses
{
    static async Task Directly(OpenApiStreamReader reader, Stream stream, string text)
    {
        var document = reader.Read(stream, out _); //! AGD0103|AGD0104
        var parsed = new OpenApiStringReader().Read(text, out _);
        var title = document.Info.Title;
        var paths = document.Paths.Count;
        await reader.ReadAsync(stream);
    }

    static async Task Memory(OpenApiStreamReader reader, byte[] bytes)
    {
        var document = reader.Read(new MemoryStream(bytes), out _);
        await Task.Yield();
    }

    static async Task Through(OpenApiStreamReader reader, Stream stream)
    {
        Title(reader, stream); //! AGD0105
        await Task.Yield();
    }

    static string Title(OpenApiStreamReader reader, Stream stream) => reader.Read(stream, out _).Info.Title;
}
