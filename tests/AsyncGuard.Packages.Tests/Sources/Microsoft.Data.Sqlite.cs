using Microsoft.Data.Sqlite;

class Uses
{
    static async Task Directly(SqliteConnection connection)
    {
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select 1";
        var value = command.ExecuteScalar();
        using var transaction = connection.BeginTransaction();
        using var reader = command.ExecuteReader();
        while (reader.Read()) Console.WriteLine(reader.GetInt32(0));
        transaction.Commit();
        await Task.Yield();
    }
}
