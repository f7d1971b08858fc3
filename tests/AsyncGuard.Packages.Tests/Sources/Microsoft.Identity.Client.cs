using Microsoft.Identity.Client;

class Uses
{
    static async Task Directly(IConfidentialClientApplication app, CancellationToken token)
    {
        var result = app.AcquireTokenForClient(["a"]).ExecuteAsync().Result; //! AGD0102 AGD0301
        await app.AcquireTokenForClient(["a"]).ExecuteAsync(); //! AGD0301
        await app.AcquireTokenForClient(["a"]).ExecuteAsync(token);
    }

    static async Task<string> PerCallAsync()
    {
        var app = ConfidentialClientApplicationBuilder.Create("a").WithClientSecret("b").Build();
        var result = await app.AcquireTokenForClient(["a"]).ExecuteAsync();
        return result.AccessToken;
    }
}
