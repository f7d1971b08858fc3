using Elasticsearch.Net;

class Uses
{
    static async Task Directly(IElasticLowLevelClient client, string body)
    {
        var found = client.Search<StringResponse>("books", PostData.String(body)); //! AGD0103
        client.Index<StringResponse>("books", "1", PostData.String(body)); //! AGD0103
        client.Indices.Refresh<StringResponse>("books"); //! AGD0103
        var text = found.Body;
        var ok = found.Success;
        await client.GetAsync<StringResponse>("books", "1");
    }

    static async Task Through(IElasticLowLevelClient client)
    {
        Ping(client); //! AGD0105
        await Task.Yield();
    }

    static bool Ping(IElasticLowLevelClient client) => client.Ping<StringResponse>().Success;
}
