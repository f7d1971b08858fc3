using SharpYaml;
using SharpYaml.Model;

class Uses
{
    static async Task Directly(Stream stream, TextReader reader, TextWriter writer, Dictionary<string, string> value)
    {
        YamlSerializer.Serialize(stream, value); //! AGD0104
        YamlSerializer.Serialize(writer, value); //! AGD0104
        value = YamlSerializer.Deserialize<Dictionary<string, string>>(stream)!; //! AGD0104
        value = YamlSerializer.Deserialize<Dictionary<string, string>>(reader)!; //! AGD0104
        var documents = YamlStream.Load(reader); //! AGD0104
        documents[0].WriteTo(writer); //! AGD0104
        var text = YamlSerializer.Serialize(value);
        value = YamlSerializer.Deserialize<Dictionary<string, string>>(text)!;
        value = YamlSerializer.Deserialize<Dictionary<string, string>>(new StringReader(text))!;
        documents = YamlStream.Load(new StringReader(text));
        await Task.Yield();
    }

    static async Task Through(TextReader reader)
    {
        var documents = Load(reader); //! AGD0105
        await Task.Yield();
    }

    static YamlStream Load(TextReader reader) => YamlStream.Load(reader);
}
