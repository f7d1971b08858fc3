using RestSharp;

class Uses
{
    static async Task Directly(RestClient client, CancellationToken token)
    {
        var request = new RestRequest("x").AddHeader("a", "b");
        var response = client.Execute(request); //! AGD0103
        var text = client.Get<string>(request); //! AGD0103
        var data = client.DownloadData(request); //! AGD0103

        {
            await client.ExecuteAsync(request); //! AGD0301
            await client.ExecuteAsync(request, token);
        }
    }

    static async Task<string?> Created(HttpClient http)
    {
        using var client = new RestClient("https://example.com"); //! AGD0501
        using var over = new RestClient(http);
        await over.ExecuteAsync(new RestRequest("a"));
        return (await client.ExecuteAsync(new RestRequest("b"))).Content;
    }

    static async Task Through(RestClient client)
    {
        Get(client); //! AGD0105
        await Task.Yield();
    }

    static string? Get(RestClient client) => client.Execute(new RestRequest("x")).Content;
}
