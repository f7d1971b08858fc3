using System.Globalization;

namespace Quickstart.After;

public sealed class Rates(IHttpClientFactory clients)
{
    public async Task<decimal> GetAsync(string currency, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient();
        var text = await client.GetStringAsync("https://example.org/rates/" + currency, cancellationToken);
        return decimal.Parse(text, CultureInfo.InvariantCulture);
    }

    public async Task<string> DownloadAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using var response = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "https://example.org/rates"), cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }
}
