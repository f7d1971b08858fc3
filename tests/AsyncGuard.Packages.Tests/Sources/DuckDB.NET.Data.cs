using DuckDB.NET.Data;

class Uses
{
    static async Task Directly(DuckDBConnection connection)
    {
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select 1";
        var value = command.ExecuteScalar();
        using var reader = command.ExecuteReader();
        while (reader.Read()) Console.WriteLine(reader.GetInt32(0));
        await Task.Yield();
    }
}
