using Azure.Security.KeyVault.Secrets;

class Uses
{
    static async Task Directly(SecretClient client, CancellationToken token)
    {
        var secret = client.GetSecret("a"); //! AGD0103
        client.SetSecret("a", "b"); //! AGD0103
        foreach (var properties in client.GetPropertiesOfSecrets()) Console.WriteLine(properties.Name); //! AGD0104 AGD0303
        var operation = client.StartDeleteSecret("a"); //! AGD0103

        {
            await client.GetSecretAsync("a", cancellationToken: token);
        }
    }

    static async Task Through(SecretClient client)
    {
        Get(client); //! AGD0105
        await Task.Yield();
    }

    static string Get(SecretClient client) => client.GetSecret("a").Value.Value;
}
