using System.Globalization;

namespace Quickstart.Before;

public sealed class Rates
{
    private const string Url = "https://example.org/rates/";

    public async Task<decimal> GetAsync(string currency, CancellationToken cancellationToken) // AGD0302
    {
        using var client = new HttpClient();                               // AGD0501
        var text = await client.GetStringAsync(Url + currency);            // AGD0301
        return decimal.Parse(text, CultureInfo.InvariantCulture);
    }

    public async Task<string> CompareAsync(HttpClient bank, HttpClient market, CancellationToken cancellationToken)
    {
        var official = await bank.GetStringAsync(Url, cancellationToken);
        var traded = await market.GetStringAsync(Url, cancellationToken);  // AGD0207
        return official + traded;
    }

    public Task<string> DownloadAsync(HttpClient client)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Url);
        var content = client.Send(request).Content;                        // AGD0103
        var body = content.ReadAsStringAsync().GetAwaiter().GetResult();   // AGD0102
        return Task.FromResult(body);
    }
}
