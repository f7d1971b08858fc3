using System.Security.Cryptography;

namespace Streaming;

/// <summary>
/// A target that is slower than the network, such as a disk under load: a pause for each chunk. Keeps a hash of what it got.
/// </summary>
internal sealed class SlowTarget(TimeSpan pause) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public string Hash => Convert.ToHexString(_hash.GetCurrentHash())[..16];

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (var rest = buffer; rest.Length > 0; rest = rest[Math.Min(rest.Length, Settings.ChunkSize)..])
        {
            _hash.AppendData(rest.Span[..Math.Min(rest.Length, Settings.ChunkSize)]);
            await Task.Delay(pause, cancellationToken);
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
