using XmpCore;

class Uses
{
    static async Task Directly(Stream stream, byte[] data)
    {
        var meta = XmpMetaFactory.Parse(stream); //! AGD0104
        XmpMetaFactory.Serialize(meta, stream); //! AGD0104
        meta = XmpMetaFactory.ParseFromBuffer(data);
        meta = XmpMetaFactory.ParseFromString("text");
        data = XmpMetaFactory.SerializeToBuffer(meta, null);
        meta = XmpMetaFactory.Parse(new MemoryStream(data));
        await Task.Yield();
    }

    static async Task Through(Stream stream)
    {
        var meta = Load(stream); //! AGD0105
        await Task.Yield();
    }

    static IXmpMeta Load(Stream stream) => XmpMetaFactory.Parse(stream);
}
