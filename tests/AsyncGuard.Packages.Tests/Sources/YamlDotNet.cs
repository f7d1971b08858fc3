using YamlDotNet.Serialization;

class Uses
{
    static async Task Directly(string text)
    {
        var deserializer = new DeserializerBuilder().Build();
        var value = deserializer.Deserialize<Dictionary<string, string>>(text);
        var written = new SerializerBuilder().Build().Serialize(value);
        await Task.Yield();
    }
}
