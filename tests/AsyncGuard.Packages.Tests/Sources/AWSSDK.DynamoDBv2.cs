using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.DataModel;
using Amazon.DynamoDBv2.DocumentModel;

class Uses
{
    static async Task Directly(IAmazonDynamoDB client, IDynamoDBContext context, CancellationToken token)
    {
        var table = Table.LoadTable(client, "table"); //! AGD0104
        var item = await table.GetItemAsync("key", token);
        var search = context.QueryAsync<Item>("key");
        var items = await search.GetRemainingAsync(token);
        var target = context.GetTargetTable<Item>(); //? AGD0104
    }

    static void Dropped(IAmazonDynamoDB client)
    {
        client.DeleteTableAsync("table"); //! AGD0201
    }
}

class Item
{
}
