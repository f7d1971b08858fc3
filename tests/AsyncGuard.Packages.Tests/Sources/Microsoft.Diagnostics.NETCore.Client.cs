using Microsoft.Diagnostics.NETCore.Client;

class Uses
{
    static async Task Directly(DiagnosticsClient client, List<EventPipeProvider> providers, CancellationToken token)
    {
        client.WriteDump(DumpType.Normal, "dump"); //! AGD0103
        using var session = client.StartEventPipeSession(providers); //! AGD0103
        session.Stop(); //! AGD0103
        var variables = client.GetProcessEnvironment(); //! AGD0104
        await client.WriteDumpAsync(DumpType.Normal, "dump", false, token);
    }
}
