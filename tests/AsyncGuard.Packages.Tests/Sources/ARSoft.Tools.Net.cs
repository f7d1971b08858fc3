using ARSoft.Tools.Net;
using ARSoft.Tools.Net.Dns;

class Uses
{
    static async Task Directly(DnsClient client, IDnsResolver resolver, DomainName name, DnsMessage message, CancellationToken token)
    {
        var answer = client.Resolve(name); //! AGD0103
        var sent = client.SendMessage(message); //! AGD0103
        var records = resolver.Resolve<ARecord>(name); //! AGD0103
        await client.ResolveAsync(name); //! AGD0301
        await client.ResolveAsync(name, token: token);
    }

    static async Task Through(DnsClient client, DomainName name)
    {
        Ask(client, name); //! AGD0105
        await Task.Yield();
    }

    static DnsMessage? Ask(DnsClient client, DomainName name) => client.Resolve(name);
}
