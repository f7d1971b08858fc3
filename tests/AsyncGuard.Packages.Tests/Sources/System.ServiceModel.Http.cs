using System.ServiceModel;

[ServiceContract]
interface IService
{
    [OperationContract]
    string Load(int id);

    [OperationContract]
    Task<string> LoadAsync(int id);
}

class Uses
{
    static async Task Directly(ChannelFactory<IService> factory, IService service)
    {
        var text = service.Load(1); //! AGD0103
        var other = await service.LoadAsync(1);
        var channel = (IClientChannel)service;
        channel.Open(); //! AGD0104
        channel.Close(); //! AGD0104
        channel.Abort();
        factory.Close(); //? AGD0104
    }
}
