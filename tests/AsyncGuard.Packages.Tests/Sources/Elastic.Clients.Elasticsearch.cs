using Elastic.Clients.Elasticsearch;

class Item
{
    public int Id { get; set; }
}

class Uses
{
    static async Task Directly(ElasticsearchClient client, CancellationToken token)
    {
        var info = client.Info(); //! AGD0103
        var found = client.Search<Item>(search => search.Indices("a")); //! AGD0103
        var indexed = client.Index(new Item(), request => request.Index("a")); //! AGD0103

        {
            await client.SearchAsync<Item>(search => search.Indices("a")); //! AGD0301
            await client.SearchAsync<Item>(search => search.Indices("a"), token);
        }
    }
}
