using MessagePack;

class Uses
{
    static async Task Directly(Stream stream, byte[] data, CancellationToken token)
    {
        var value = MessagePackSerializer.Deserialize<string>(stream); //! AGD0103
        MessagePackSerializer.Serialize(stream, "a"); //! AGD0103
        var bytes = MessagePackSerializer.Serialize("a"); //! AGD0301
        var back = MessagePackSerializer.Deserialize<string>(data); //! AGD0301
        await MessagePackSerializer.SerializeAsync(stream, "a"); //! AGD0301
        await MessagePackSerializer.SerializeAsync(stream, "a", cancellationToken: token);
    }

    static async Task Through(Stream stream, byte[] data)
    {
        Load(stream); //! AGD0105
        Read(data);
        await Task.Yield();
    }

    static string Load(Stream stream) => MessagePackSerializer.Deserialize<string>(stream);

    static string Read(byte[] data) => MessagePackSerializer.Deserialize<string>(data);
}
