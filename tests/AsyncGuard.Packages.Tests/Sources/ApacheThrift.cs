using Thrift;
using Thrift.Transport;
using Thrift.Transport.Client;

class Uses
{
    static async Task Directly(TConfiguration configuration, CancellationToken token)
    {
        using var transport = new TSocketTransport("localhost", 9090, configuration); //! AGD0104
        await transport.OpenAsync(token);
        await transport.FlushAsync(token);
        transport.Close();
        using var known = new TSocketTransport(System.Net.IPAddress.Loopback, 9090, configuration);
        using var framed = new TFramedTransport(known);
    }

    static async Task Through(TConfiguration configuration)
    {
        using var transport = Make(configuration); //! AGD0105
        await transport.OpenAsync(CancellationToken.None);
    }

    static TTransport Make(TConfiguration configuration) => new TSocketTransport("localhost", 9090, configuration);
}
