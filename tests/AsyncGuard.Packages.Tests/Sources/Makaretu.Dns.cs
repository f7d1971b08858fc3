using Makaretu.Dns;

class Uses
{
    static async Task Directly(Message message, byte[] bytes, Stream stream)
    {
        var read = message.Read(bytes);
        var written = message.ToByteArray();
        message.Write(stream); //! AGD0104
        message.Read(stream); //! AGD0104
        var response = message.CreateResponse();
        await Task.Yield();
    }
}
