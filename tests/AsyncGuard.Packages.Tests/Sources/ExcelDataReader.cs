using ExcelDataReader;

class Uses
{
    static async Task Directly(Stream stream)
    {
        using var reader = ExcelReaderFactory.CreateReader(stream); //! AGD0104
        while (reader.Read()) Console.WriteLine(reader.GetValue(0));
        await Task.Yield();
    }
}
