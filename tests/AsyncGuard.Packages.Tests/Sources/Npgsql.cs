using System.Data;
using Npgsql;

class Uses
{
    static async Task Directly(NpgsqlDataSource source, CancellationToken token)
    {
        await using var connection = source.OpenConnection(); //! AGD0103
        await using var command = new NpgsqlCommand("select 1", connection);
        command.Parameters.AddWithValue("id", 1);
        command.Prepare(); //! AGD0103
        await using var reader = command.ExecuteReader(); //! AGD0103
        while (reader.Read()) //! AGD0103 AGD0303
        {
            Console.WriteLine(reader.GetInt32(0));
            Console.WriteLine(reader.IsDBNull(0));
        }

        reader.NextResult(); //! AGD0103
        var count = command.ExecuteScalar(); //! AGD0103
        await using var transaction = await connection.BeginTransactionAsync(token);
        transaction.Save("here");
        transaction.Rollback("here"); //! AGD0103
        transaction.Commit(); //! AGD0103
        connection.Wait(1000); //! AGD0103
        connection.ReloadTypes(); //! AGD0103
        await using var import = connection.BeginBinaryImport("copy t from stdin"); //! AGD0103
        import.StartRow(); //! AGD0103
        import.Complete(); //! AGD0103
        await using var other = new NpgsqlConnection("Host=x");
        await other.OpenAsync(); //? AGD0301
    }

    static async Task Tokens(NpgsqlConnection connection, CancellationToken token)
    {
        await connection.OpenAsync(); //! AGD0301
        await using var command = new NpgsqlCommand("select 1", connection);
        await command.ExecuteNonQueryAsync(); //! AGD0301
        await command.ExecuteNonQueryAsync(token);
    }

    static async Task Through(NpgsqlDataSource source)
    {
        Count(source); //! AGD0105
        Copy(source); //! AGD0105
        await Task.Yield();
    }

    static object? Count(NpgsqlDataSource source)
    {
        using var command = source.CreateCommand("select count(*) from t");
        return command.ExecuteScalar();
    }

    static void Copy(NpgsqlDataSource source)
    {
        using var connection = source.OpenConnection();
        Console.WriteLine(connection.State == ConnectionState.Open);
    }
}
