using System.Data.SqlClient;

class Uses
{
    static async Task Directly(SqlConnection connection, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        connection.Open(); //! AGD0103
        using var command = new SqlCommand("select 1", connection);
        var count = command.ExecuteScalar(); //! AGD0103
        await command.ExecuteNonQueryAsync(); //! AGD0301
        using var transaction = connection.BeginTransaction(); //? AGD0103 AGD0104 AGD0505
        transaction.Commit(); //! AGD0104
        using var copy = new SqlBulkCopy(connection);
        copy.WriteToServer(new System.Data.DataTable()); //! AGD0103
    }

    static async Task Through(SqlConnection connection)
    {
        Count(connection); //! AGD0105
        Copy(connection); //! AGD0105
        await Task.Yield();
    }

    static object Count(SqlConnection connection)
    {
        using var command = new SqlCommand("select 1", connection);
        return command.ExecuteScalar();
    }

    static void Copy(SqlConnection connection)
    {
        using var copy = new SqlBulkCopy(connection);
        copy.WriteToServer(new System.Data.DataTable());
    }
}
