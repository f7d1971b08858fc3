using Google.Cloud.Storage.V1;

class Uses
{
    static async Task Directly(StorageClient client, Stream stream)
    {
        client.UploadObject("b", "n", "text/plain", stream); //! AGD0103
        client.DownloadObject("b", "n", stream); //! AGD0103
        client.DeleteObject("b", "n"); //! AGD0103
        foreach (var found in client.ListObjects("b")) Console.WriteLine(found.Name); //! AGD0104
        await foreach (var found in client.ListObjectsAsync("b")) Console.WriteLine(found.Name);
    }

    static async Task Through(StorageClient client)
    {
        Names(client); //! AGD0105
        await Task.Yield();
    }

    static List<string> Names(StorageClient client) => client.ListObjects("b").Select(found => found.Name).ToList();
}
