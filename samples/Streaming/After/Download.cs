using System.Buffers;
using System.Threading.Channels;
using AsyncGuard;

namespace Streaming.After;

/// <summary>
/// Reads and writes side by side, with a few chunks between them. Where the target is slow the channel is full, the reader waits, the
/// connection's window closes, and the sender waits as well.
/// </summary>
public sealed class Download(HttpClient client)
{
    public Task CopyAsync(Uri source, Stream target, int capacity, CancellationToken cancellationToken)
    {
        var chunks = Channel.CreateBounded<ArraySegment<byte>>(new BoundedChannelOptions(capacity)
        {
            SingleReader = true,
            SingleWriter = true,
        });
        return TaskGroup.WhenAllAsync(
            ct => ReadAsync(source, chunks.Writer, ct),
            ct => WriteAsync(chunks.Reader, target, ct),
            cancellationToken);
    }

    private async Task ReadAsync(Uri source, ChannelWriter<ArraySegment<byte>> chunks, CancellationToken cancellationToken)
    {
        try
        {
            // Only the headers are waited for; GetAsync alone would read the body as well.
            using var response = await client.GetAsync(source, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            response.EnsureSuccessStatusCode();
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            while (true)
            {
                var buffer = ArrayPool<byte>.Shared.Rent(Settings.ChunkSize);
                var count = await body.ReadAsync(buffer.AsMemory(0, Settings.ChunkSize), cancellationToken);
                if (count == 0) return;
                await chunks.WriteAsync(new ArraySegment<byte>(buffer, 0, count), cancellationToken);
            }
        }
        finally
        {
            // After a failure the group throws it and cancels the writer: what is written then is not taken for the whole.
            chunks.Complete();
        }
    }

    private static async Task WriteAsync(ChannelReader<ArraySegment<byte>> chunks, Stream target, CancellationToken cancellationToken)
    {
        await foreach (var chunk in chunks.ReadAllAsync(cancellationToken))
        {
            await target.WriteAsync(chunk, cancellationToken);
            ArrayPool<byte>.Shared.Return(chunk.Array!);
        }
    }
}
