using FirebirdSql.Data.FirebirdClient;

class Uses
{
    static async Task Directly(FbConnection connection, CancellationToken token)
    {
        await using var other = new FbCommand("select 1 from rdb$database", connection);
        await other.ExecuteNonQueryAsync(); //! AGD0301
        connection.Open(); //! AGD0103
        await using var command = new FbCommand("select 1 from rdb$database", connection);
        var value = command.ExecuteScalar(); //! AGD0103
        await using var transaction = connection.BeginTransaction(); //! AGD0103
        transaction.Commit(); //! AGD0103
        await command.ExecuteNonQueryAsync(token);
    }
}
