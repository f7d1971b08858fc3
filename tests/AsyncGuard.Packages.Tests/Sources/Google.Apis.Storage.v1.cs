using Google.Apis.Services;
using Google.Apis.Storage.v1;
using Google.Apis.Storage.v1.Data;

class Uses
{
    static async Task Directly(StorageService service, Stream stream, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var list = service.Objects.List("bucket").Execute(); //! AGD0103
        service.Objects.Get("bucket", "a").Download(stream); //! AGD0103
        service.Objects.Insert(new Google.Apis.Storage.v1.Data.Object(), "bucket", stream, "text/plain").Upload(); //! AGD0103
        var request = service.Objects.Get("bucket", "a");
        await request.ExecuteAsync(); //! AGD0301
    }

    static async Task Through(StorageService service)
    {
        List(service); //! AGD0105
        await Task.Yield();
    }

    static Objects List(StorageService service) => service.Objects.List("bucket").Execute();

    static async Task<Objects> PerCallAsync(BaseClientService.Initializer initializer)
    {
        using var service = new StorageService(initializer); //! AGD0501
        return await service.Objects.List("bucket").ExecuteAsync();
    }
}
