using Microsoft.Azure.Cosmos.Table;

class Uses
{
    static async Task Directly(CloudTable table, CloudTableClient client, TableOperation operation, TableQuery<DynamicTableEntity> query, CancellationToken token)
    {
        table.CreateIfNotExists(); //! AGD0103
        var result = table.Execute(operation); //! AGD0103
        foreach (var entity in table.ExecuteQuery(query)) Console.WriteLine(entity.RowKey); //! AGD0104 AGD0303
        foreach (var item in client.ListTables()) Console.WriteLine(item.Name); //! AGD0104 AGD0303
        var segment = table.ExecuteQuerySegmented(query, null); //! AGD0103
        await table.ExecuteAsync(operation); //! AGD0301
        await table.ExecuteAsync(operation, token);
    }

    static async Task Through(CloudTable table, TableQuery<DynamicTableEntity> query, TableOperation operation)
    {
        Load(table, query); //! AGD0105
        Save(table, operation); //! AGD0105
        await Task.Yield();
    }

    static List<DynamicTableEntity> Load(CloudTable table, TableQuery<DynamicTableEntity> query) => table.ExecuteQuery(query).ToList();

    static void Save(CloudTable table, TableOperation operation) => table.Execute(operation);
}
