using NEbml.Core;

class Uses
{
    static async Task Directly(EbmlReader reader, EbmlWriter writer, Stream stream, byte[] data)
    {
        while (reader.ReadNext()) Console.Write('.'); //! AGD0104
        var text = reader.ReadUtf(); //! AGD0104
        var count = reader.ReadBinary(data, 0, data.Length); //! AGD0104
        writer.WriteUtf(VInt.MakeId(1), "a"); //! AGD0104
        writer.Write(VInt.MakeId(1), data); //! AGD0104
        count = stream.ReadFully(data, 0, data.Length); //! AGD0104
        var id = VInt.EncodeSize(5);
        var known = new EbmlReader(new MemoryStream(data));
        known.ReadNext();
        await Task.Yield();
    }

    static async Task Through(EbmlReader reader)
    {
        var text = Text(reader); //! AGD0105
        await Task.Yield();
    }

    static string Text(EbmlReader reader) => reader.ReadNext() ? reader.ReadAscii() : "";
}
