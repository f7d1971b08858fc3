using System.Data;
using MySql.Data.MySqlClient;

class Uses
{
    static async Task Directly(MySqlConnection connection, MySqlDataAdapter adapter)
    {
        connection.Open(); //! AGD0103
        var value = MySqlHelper.ExecuteScalar(connection, "select 1"); //! AGD0103
        var set = MySqlHelper.ExecuteDataset(connection, "select 1"); //! AGD0104
        var row = MySqlHelper.ExecuteDataRow("Server=x", "select 1"); //! AGD0104
        adapter.Fill(new DataTable()); //! AGD0104
        adapter.Update(new DataSet()); //! AGD0104
        new MySqlScript(connection, "select 1").Execute(); //! AGD0104
        await Task.Yield();
    }

    static async Task Through(MySqlDataAdapter adapter)
    {
        Load(adapter); //! AGD0105
        await Task.Yield();
    }

    static DataTable Load(MySqlDataAdapter adapter)
    {
        var table = new DataTable();
        adapter.Fill(table);
        return table;
    }
}
