using System.Data;
using System.Data.OleDb;

class Uses
{
    static async Task Directly(OleDbConnection connection)
    {
        connection.Open(); //! AGD0104
        using var command = new OleDbCommand("select 1", connection);
        var value = command.ExecuteScalar(); //! AGD0104
        using var adapter = new OleDbDataAdapter(command);
        adapter.Fill(new DataTable()); //! AGD0104
        await Task.Yield();
    }
}
