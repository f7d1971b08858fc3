using System.Globalization;

namespace Quickstart.Before;

public sealed class Rates
{
    public async Task<decimal> GetAsync(string currency, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();                               // AGD0501
        var text = await client.GetStringAsync("https://example.org/rates/" + currency);                       // AGD0301
        return decimal.Parse(text, CultureInfo.InvariantCulture);
    }

    public Task<string> DownloadAsync(HttpClient client)
    {
        var response = client.Send(new HttpRequestMessage(HttpMethod.Get, "https://example.org/rates"));        // AGD0103
        var body = response.Content.ReadAsStringAsync().GetAwaiter().GetResult();                               // AGD0102
        return Task.FromResult(body);
    }
}
