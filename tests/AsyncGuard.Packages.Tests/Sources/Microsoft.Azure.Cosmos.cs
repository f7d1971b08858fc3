using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Cosmos.Linq;

class Item
{
    public string? Id { get; set; }
}

class Uses
{
    static async Task Directly(Container container, CancellationToken token)
    {
        var list = container.GetItemLinqQueryable<Item>(allowSynchronousQueryExecution: true).Where(item => item.Id == "1").ToList(); //! AGD0104
        using var iterator = container.GetItemLinqQueryable<Item>().Where(item => item.Id == "1").ToFeedIterator();
        while (iterator.HasMoreResults) await iterator.ReadNextAsync(token);
    }

    static async Task<int> Created()
    {
        using var client = new CosmosClient("AccountEndpoint=x"); //! AGD0501
        var response = await client.GetContainer("d", "c").ReadItemAsync<Item>("1", new PartitionKey("1"));
        return (int)response.StatusCode;
    }
}
