using Hyperion;

class Uses
{
    static async Task Directly(Serializer serializer, Stream stream, object value)
    {
        serializer.Serialize(value, stream); //! AGD0104
        var text = serializer.Deserialize<string>(stream); //! AGD0104
        using var memory = new MemoryStream();
        serializer.Serialize(value, memory);
        memory.Position = 0;
        text = serializer.Deserialize<string>(memory);
        await Task.Yield();
    }

    static async Task Through(Serializer serializer, Stream stream)
    {
        var text = Load(serializer, stream); //! AGD0105
        await Task.Yield();
    }

    static string Load(Serializer serializer, Stream stream) => serializer.Deserialize<string>(stream);
}
