using System.Data.Odbc;

class Uses
{
    static async Task Directly(OdbcConnection connection)
    {
        connection.Open(); //! AGD0104
        using var command = new OdbcCommand("select 1", connection);
        var value = command.ExecuteScalar(); //! AGD0104
        command.ExecuteNonQuery(); //! AGD0104
        using var reader = command.ExecuteReader(); //! AGD0104
        while (reader.Read()) Console.WriteLine(reader.GetInt32(0)); //! AGD0104
        await Task.Yield();
    }

    static async Task Through(OdbcConnection connection)
    {
        Count(connection); //! AGD0105
        await Task.Yield();
    }

    static object? Count(OdbcConnection connection)
    {
        using var command = connection.CreateCommand();
        return command.ExecuteScalar();
    }
}
