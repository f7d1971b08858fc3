using Flurl.Http;

class Uses
{
    static async Task Directly(CancellationToken token)
    {
        var text = await "https://example.com".GetStringAsync(); //! AGD0301
        var other = await "https://example.com".GetStringAsync(cancellationToken: token);
        var blocked = "https://example.com".GetStringAsync(cancellationToken: token).Result; //! AGD0102
    }

    static void Dropped()
    {
        "https://example.com".PostStringAsync("a"); //! AGD0201
    }
}
