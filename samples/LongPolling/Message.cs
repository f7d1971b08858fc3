using System.Text.Json;

namespace LongPolling;

/// <summary>What is broadcast; after the last one the service ends.</summary>
public sealed record Message(int Version, string Text, bool IsLast)
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this);
}
