using System.Globalization;

namespace Quickstart.After;

public sealed class Rates(IHttpClientFactory clients)
{
    private const string Url = "https://example.org/rates/";

    public async Task<decimal> GetAsync(string currency, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient();
        var text = await client.GetStringAsync(Url + currency, cancellationToken);
        return decimal.Parse(text, CultureInfo.InvariantCulture);
    }

    public async Task<string> CompareAsync(HttpClient bank, HttpClient market, CancellationToken cancellationToken)
    {
        var official = bank.GetStringAsync(Url, cancellationToken);
        var traded = market.GetStringAsync(Url, cancellationToken);
        return string.Concat(await Task.WhenAll(official, traded));
    }

    public async Task<string> DownloadAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url);
        using var response = await client.SendAsync(request, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }
}
