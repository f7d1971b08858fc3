using System.Globalization;
using CsvHelper;

class Row
{
    public int Id { get; set; }
}

class Uses
{
    static async Task Directly(Stream body, List<Row> rows)
    {
        using var reader = new CsvReader(new StreamReader(body), CultureInfo.InvariantCulture);
        reader.Read(); //! AGD0103
        reader.ReadHeader();
        while (reader.Read()) Console.WriteLine(reader.GetField(0)); //! AGD0103
        var all = reader.GetRecords<Row>().ToList(); //! AGD0104
        await using var writer = new CsvWriter(new StreamWriter(body), CultureInfo.InvariantCulture);
        writer.WriteRecords(rows); //! AGD0103
        writer.NextRecord(); //! AGD0103
        writer.WriteField("a");
    }

    static async Task InMemory(string text, List<Row> rows)
    {
        using var reader = new CsvReader(new StringReader(text), CultureInfo.InvariantCulture);
        while (reader.Read()) Console.WriteLine(reader.GetField(0));
        var all = reader.GetRecords<Row>().ToList();
        using var writer = new CsvWriter(new StringWriter(), CultureInfo.InvariantCulture);
        writer.WriteRecords(rows);
        writer.NextRecord();
        await Task.Yield();
    }
}
