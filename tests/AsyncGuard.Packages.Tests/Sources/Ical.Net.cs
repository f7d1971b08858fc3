using Ical.Net;
using Ical.Net.Serialization;

class Uses
{
    static async Task Directly(string text, Stream stream, TextReader reader, CalendarSerializer serializer)
    {
        var calendar = Calendar.Load(stream); //! AGD0104
        var collection = CalendarCollection.Load(reader); //! AGD0104
        var deserialized = serializer.Deserialize(reader); //! AGD0104
        var parsed = Calendar.Load(text);
        var inMemory = Calendar.Load(new StringReader(text));
        var written = serializer.SerializeToString();
        await Task.Yield();
    }

    static async Task Through(Stream stream)
    {
        Read(stream); //! AGD0105
        await Task.Yield();
    }

    static Calendar? Read(Stream stream) => Calendar.Load(stream);
}
