using Azure;
using Azure.Search.Documents;
using Azure.Search.Documents.Indexes;
using Azure.Search.Documents.Models;

class Item
{
    public string? Id { get; set; }
}

class Uses
{
    static async Task Directly(SearchClient client, SearchIndexClient indexes, IEnumerable<Item> items, CancellationToken token)
    {
        var found = client.Search<Item>("a"); //! AGD0103
        var one = client.GetDocument<Item>("a"); //! AGD0103
        client.UploadDocuments(items); //! AGD0103
        var count = client.GetDocumentCount(); //! AGD0103
        foreach (var index in indexes.GetIndexes()) Console.WriteLine(index.Name); //! AGD0104 AGD0301
        await client.SearchAsync<Item>("a"); //! AGD0301
        SearchResults<Item> results = await client.SearchAsync<Item>("a", cancellationToken: token);
        foreach (var result in results.GetResults()) Console.WriteLine(result.Document); //! AGD0104
    }

    static async Task Through(SearchClient client)
    {
        Count(client); //! AGD0105
        Find(client); //! AGD0105
        await Task.Yield();
    }

    static long Count(SearchClient client) => client.GetDocumentCount();

    static SearchResults<Item> Find(SearchClient client) => client.Search<Item>("a").Value;

    static async Task<long> PerCallAsync(Uri uri, AzureKeyCredential key)
    {
        var client = new SearchClient(uri, "index", key); //! AGD0501
        return await client.GetDocumentCountAsync();
    }
}
