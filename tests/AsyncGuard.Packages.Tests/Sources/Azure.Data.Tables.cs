using Azure.Data.Tables;

class Uses
{
    static async Task Directly(TableClient table)
    {
        table.CreateIfNotExists(); //! AGD0103
        var entity = table.GetEntity<TableEntity>("p", "r"); //! AGD0103
        table.UpsertEntity(new TableEntity()); //! AGD0103
        var rows = table.Query<TableEntity>("x eq 1").ToList(); //! AGD0104
        await foreach (var row in table.QueryAsync<TableEntity>("x eq 1")) Console.WriteLine(row.RowKey);
    }
}
