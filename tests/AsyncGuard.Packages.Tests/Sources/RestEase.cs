using RestEase;

public interface IApi
{
    [Get("a")]
    Task<string> GetAsync(CancellationToken token = default);
}

class Uses
{
    static async Task<string> PerCallAsync()
    {
        var api = RestClient.For<IApi>("https://localhost"); //! AGD0501
        return await api.GetAsync();
    }

    static async Task<string> SharedAsync(HttpClient http, CancellationToken token)
    {
        var api = RestClient.For<IApi>(http);
        await api.GetAsync(); //! AGD0301
        return await api.GetAsync(token);
    }
}
