using BinarySerialization;

class Uses
{
    static async Task Directly(BinarySerializer serializer, Stream stream, byte[] bytes)
    {
        serializer.Serialize(stream, 1); //! AGD0103
        var value = serializer.Deserialize<int>(stream); //! AGD0103
        var other = serializer.Deserialize<int>(bytes);
        await serializer.SerializeAsync(stream, 1);
    }

    static async Task Memory(BinarySerializer serializer)
    {
        using var stream = new MemoryStream();
        serializer.Serialize(stream, 1);
        await Task.Yield();
    }
}
