namespace Quickstart.After;

public sealed class Uploads
{
    public async Task<long> StoreAsync(IFormFile file, CancellationToken cancellationToken)
    {
        await using var target = File.Create(Path.GetRandomFileName());
        await using var source = file.OpenReadStream();
        await source.CopyToAsync(target, cancellationToken);
        await target.FlushAsync(cancellationToken);
        return target.Length;
    }

    public async Task<byte[]> ReadAsync(Stream source, int count, CancellationToken cancellationToken)
    {
        var buffer = new byte[count];
        await source.ReadExactlyAsync(buffer, 0, count, cancellationToken);
        return buffer;
    }

    public async Task ArchiveAsync(string path, CancellationToken cancellationToken)
    {
        await Task.Run(() => File.Copy(path, path + ".bak"), cancellationToken);
        await File.WriteAllTextAsync(path, "", cancellationToken);
    }
}
