using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

class Uses
{
    static async Task Directly(Timestamp message, Stream stream, TextWriter writer, TextReader reader, byte[] data)
    {
        message.WriteTo(stream); //! AGD0104
        message.WriteDelimitedTo(stream); //! AGD0104
        var read = Timestamp.Parser.ParseFrom(stream); //! AGD0104
        read = Timestamp.Parser.ParseDelimitedFrom(stream); //! AGD0104
        message.MergeFrom(stream); //! AGD0104
        var bytes = ByteString.FromStream(stream); //! AGD0103
        JsonFormatter.Default.Format(message, writer); //! AGD0104
        read = JsonParser.Default.Parse<Timestamp>(reader); //! AGD0104
        data = message.ToByteArray();
        read = Timestamp.Parser.ParseFrom(data);
        read = Timestamp.Parser.ParseJson("{}");
        using var memory = new MemoryStream();
        message.WriteTo(memory);
        var text = JsonFormatter.Default.Format(message);
        await Task.Yield();
    }

    static async Task Through(Timestamp message, Stream stream)
    {
        Send(message, stream); //! AGD0105
        var read = Receive(stream); //! AGD0105
        await Task.Yield();
    }

    static void Send(Timestamp message, Stream stream) => message.WriteDelimitedTo(stream);

    static Timestamp Receive(Stream stream) => Timestamp.Parser.ParseDelimitedFrom(stream);
}
