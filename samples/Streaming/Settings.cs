namespace Streaming;

internal static class Settings
{
    public const int ChunkSize = 64 * 1024;

    /// <summary>How many chunks may wait between reader and writer.</summary>
    public const int Capacity = 8;
}
