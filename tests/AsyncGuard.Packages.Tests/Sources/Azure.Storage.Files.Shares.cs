using Azure.Storage.Files.Shares;

class Uses
{
    static async Task Directly(ShareClient share, ShareDirectoryClient directory, ShareFileClient file, Stream stream, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        share.Create(); //! AGD0103
        if (file.Exists()) Console.WriteLine(); //! AGD0103
        var download = file.Download(); //! AGD0103
        file.Upload(stream); //! AGD0103
        foreach (var item in directory.GetFilesAndDirectories()) Console.WriteLine(item.Name); //! AGD0104 AGD0301
        await file.UploadAsync(stream); //! AGD0301
        await using var reader = file.OpenRead(); //! AGD0103
    }

    static async Task Through(ShareFileClient file, ShareDirectoryClient directory)
    {
        Load(file); //! AGD0105
        Count(directory); //! AGD0105
        await Task.Yield();
    }

    static Stream Load(ShareFileClient file) => file.Download().Value.Content;

    static int Count(ShareDirectoryClient directory) => directory.GetFilesAndDirectories().Count();

    static async Task PerCallAsync(string connection)
    {
        var service = new ShareServiceClient(connection); //! AGD0501
        await service.GetShareClient("a").CreateAsync();
    }
}
