using Microsoft.Azure.Storage.Blob;

class Uses
{
    static async Task Directly(CloudBlobContainer container, CloudBlockBlob blob, Stream stream, CancellationToken token)
    {
        container.CreateIfNotExists(); //! AGD0103
        foreach (var item in container.ListBlobs()) Console.WriteLine(item.Uri); //! AGD0104 AGD0303
        var segment = container.ListBlobsSegmented(null); //! AGD0103
        blob.UploadFromStream(stream); //! AGD0103
        blob.UploadText("a"); //! AGD0103
        var text = blob.DownloadText(); //! AGD0103
        if (blob.Exists()) blob.DeleteIfExists(); //! AGD0103
        blob.DownloadToStream(stream); //! AGD0103
        await blob.UploadTextAsync("a"); //! AGD0301
        await blob.UploadTextAsync("a", token);
    }

    static async Task Through(CloudBlobContainer container, CloudBlockBlob blob)
    {
        Load(blob); //! AGD0105
        Count(container); //! AGD0105
        await Task.Yield();
    }

    static string Load(CloudBlockBlob blob) => blob.DownloadText();

    static int Count(CloudBlobContainer container) => container.ListBlobs().Count();
}
