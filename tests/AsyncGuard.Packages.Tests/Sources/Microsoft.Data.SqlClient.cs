using Microsoft.Data.SqlClient;

class Uses
{
    static async Task Directly(SqlConnection connection, CancellationToken token)
    {
        connection.Open(); //! AGD0103
        await using var command = new SqlCommand("select 1", connection);
        command.Prepare(); //! AGD0104
        await using var reader = command.ExecuteReader(); //! AGD0103
        while (reader.Read()) Console.WriteLine(reader.GetInt32(0)); //! AGD0103 AGD0303
        command.ExecuteNonQuery(); //! AGD0103
        await using var transaction = connection.BeginTransaction(); //! AGD0104
        transaction.Save("here"); //! AGD0104
        transaction.Rollback("here"); //! AGD0104
        transaction.Commit(); //! AGD0104
        connection.ChangeDatabase("other"); //! AGD0104
        var schema = connection.GetSchema("Tables"); //! AGD0103
        using var bulk = new SqlBulkCopy(connection);
        bulk.WriteToServer(reader); //! AGD0103
        SqlConnection.ClearAllPools();

        {
            await connection.OpenAsync(token);
        }
    }

    static async Task Through(SqlConnection connection)
    {
        Commit(connection.BeginTransaction()); //! AGD0104 AGD0105
        Rows(connection); //! AGD0105
        await Task.Yield();
    }

    static void Commit(SqlTransaction transaction) => transaction.Commit();

    static int Rows(SqlConnection connection)
    {
        using var command = new SqlCommand("delete from t", connection);
        using var reader = command.ExecuteReader();
        return reader.RecordsAffected;
    }
}
