using Makaretu.Dns;

class Uses
{
    static async Task Directly(MulticastService service, ServiceDiscovery discovery, ServiceProfile profile, Message message)
    {
        service.SendQuery(message); //! AGD0104
        service.SendAnswer(message); //! AGD0104
        discovery.Announce(profile); //! AGD0104
        discovery.QueryServiceInstances("_http._tcp"); //! AGD0104
        discovery.Advertise(profile);
        await Task.Yield();
    }

    static async Task Resolve(MulticastService service, Message message, CancellationToken token)
    {
        await service.ResolveAsync(message); //! AGD0301
        await service.ResolveAsync(message, token);
    }

    static async Task Through(MulticastService service, Message message)
    {
        Ask(service, message); //! AGD0105
        await Task.Yield();
    }

    static void Ask(MulticastService service, Message message) => service.SendQuery(message);
}
