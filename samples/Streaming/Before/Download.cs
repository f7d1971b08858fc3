using System.Threading.Channels;

namespace Streaming.Before;

/// <summary>Holds the whole file: once as an array, once chunk by chunk in a channel without a limit.</summary>
public sealed class Download
{
    public async Task CopyBufferedAsync(Uri source, Stream target, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();                                // AGD0501
        var bytes = await client.GetByteArrayAsync(source, cancellationToken); // AGD0503
        await target.WriteAsync(bytes, cancellationToken);
    }

    public async Task CopyUnlimitedAsync(HttpClient client, Uri source, Stream target, CancellationToken cancellationToken)
    {
        var chunks = Channel.CreateUnbounded<byte[]>();                     // AGD0502
        var reading = ReadAsync();
        await foreach (var chunk in chunks.Reader.ReadAllAsync(cancellationToken)) await target.WriteAsync(chunk, cancellationToken);
        await reading;

        async Task ReadAsync()
        {
            try
            {
                await using var body = await client.GetStreamAsync(source, cancellationToken);
                var buffer = new byte[Settings.ChunkSize];
                while (await body.ReadAsync(buffer, cancellationToken) is var count and > 0)
                    await chunks.Writer.WriteAsync(buffer[..count], cancellationToken);
            }
            finally
            {
                chunks.Writer.Complete();
            }
        }
    }
}
