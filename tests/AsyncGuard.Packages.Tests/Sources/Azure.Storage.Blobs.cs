using Azure.Storage.Blobs;

class Uses
{
    static async Task Directly(BlobContainerClient container, BlobClient blob, Stream stream)
    {
        container.CreateIfNotExists(); //! AGD0103
        blob.Upload(stream); //! AGD0103
        blob.DownloadTo("file"); //! AGD0103
        var content = blob.DownloadContent(); //! AGD0103
        var exists = blob.Exists(); //! AGD0103
        foreach (var item in container.GetBlobs()) Console.WriteLine(item.Name); //! AGD0104
        await foreach (var item in container.GetBlobsAsync()) Console.WriteLine(item.Name);
        var other = container.GetBlobClient("b");
        await using var read = blob.OpenRead(); //! AGD0103
    }

    static async Task<bool> Created(string connection)
    {
        var service = new BlobServiceClient(connection); //! AGD0501
        return await service.GetBlobContainerClient("c").ExistsAsync();
    }

    static async Task Through(BlobContainerClient container, BlobClient blob)
    {
        Names(container); //! AGD0105
        Save(blob); //! AGD0105
        await Task.Yield();
    }

    static List<string> Names(BlobContainerClient container) => container.GetBlobs().Select(item => item.Name).ToList();

    static void Save(BlobClient blob) => blob.DownloadTo("file");
}
