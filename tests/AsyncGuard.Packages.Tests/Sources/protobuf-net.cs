using ProtoBuf;

class Uses
{
    static async Task Directly(Stream stream)
    {
        Serializer.Serialize(stream, "a"); //! AGD0104
        var value = Serializer.Deserialize<string>(stream); //! AGD0104
        var memory = new MemoryStream();
        Serializer.Serialize(memory, "a");
        await Task.Yield();
    }

    static async Task Through(Stream stream)
    {
        Load(stream); //! AGD0105
        await Task.Yield();
    }

    static string Load(Stream stream) => Serializer.Deserialize<string>(stream);
}
