using MySqlConnector;

class Uses
{
    static async Task Directly(MySqlConnection connection, CancellationToken token)
    {
        connection.Open(); //! AGD0103
        await using var command = new MySqlCommand("select 1", connection);
        var value = command.ExecuteScalar(); //! AGD0103
        command.ExecuteNonQuery(); //! AGD0103
        await using var reader = command.ExecuteReader(); //! AGD0103
        while (reader.Read()) Console.WriteLine(reader.GetInt32(0)); //! AGD0103 AGD0303
        connection.ChangeDatabase("other"); //! AGD0103
        await using var transaction = connection.BeginTransaction(); //! AGD0103
        transaction.Commit(); //! AGD0103

        {
            await connection.OpenAsync(token);
        }
    }

    static async Task Through(MySqlConnection connection)
    {
        Count(connection); //! AGD0105
        await Task.Yield();
    }

    static object? Count(MySqlConnection connection)
    {
        using var command = connection.CreateCommand();
        return command.ExecuteScalar();
    }
}
