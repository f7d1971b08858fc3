namespace Quickstart.Before;

public sealed class Uploads
{
    public async Task<long> StoreAsync(IFormFile file)
    {
        using var target = File.Create(Path.GetRandomFileName());          // AGD0505
        await using var source = file.OpenReadStream();
        source.CopyTo(target);                                             // AGD0103
        target.Flush();                                                    // AGD0103
        return target.Length;
    }

    public async Task<byte[]> ReadAsync(Stream source, int count)
    {
        var buffer = new byte[count];
        source.ReadExactly(buffer, 0, count);                              // AGD0103
        await Task.Yield();
        return buffer;
    }

    public async Task ArchiveAsync(string path, CancellationToken cancellationToken)
    {
        File.Copy(path, path + ".bak");                                    // AGD0104
        await File.WriteAllTextAsync(path, "", cancellationToken);
    }
}
