using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

class Row
{
    public int Id { get; set; }
}

class Uses
{
    static async Task Directly(Stream body, string text)
    {
        var row = JsonConvert.DeserializeObject<Row>(text);
        var parsed = JObject.Parse(text);
        using var reader = new StreamReader(body);
        await using var json = new JsonTextReader(reader);
        var token = JToken.Load(json); //! AGD0103
        var again = new JsonSerializer().Deserialize<Row>(json); //! AGD0104
        await using var writer = new JsonTextWriter(new StreamWriter(body));
        new JsonSerializer().Serialize(writer, row); //! AGD0104
        writer.Flush(); //! AGD0103
    }

    static async Task InMemory(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text));
        reader.Read();
        var token = JObject.Load(reader);
        var row = new JsonSerializer().Deserialize<Row>(reader);
        new JsonSerializer().Serialize(new StringWriter(), row);
        await Task.Yield();
    }
}
