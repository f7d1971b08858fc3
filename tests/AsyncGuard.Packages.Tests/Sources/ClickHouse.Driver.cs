using ClickHouse.Driver.ADO;

class Uses
{
    static async Task Directly(ClickHouseConnection connection, CancellationToken token)
    {
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select 1";
        var value = command.ExecuteScalar(); //! AGD0103
        command.ExecuteNonQuery(); //! AGD0103
        using var reader = command.ExecuteReader(); //! AGD0103

        {
            await command.ExecuteNonQueryAsync(token);
        }
    }
}
