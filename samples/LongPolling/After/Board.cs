namespace LongPolling.After;

/// <summary>The latest message. Whoever waits for the next one is called when it is there, and costs nothing until then.</summary>
internal sealed class Board
{
    private volatile Entry _latest = new(new Message(0, "", false));

    public void Publish(string text, bool isLast = false)
    {
        var before = _latest;
        _latest = new Entry(new Message(before.Message.Version + 1, text, isLast));
        before.Next.SetResult(_latest);
    }

    /// <summary>The first message after the one that was seen, as far as it is still there: the latest, or the next.</summary>
    public async Task<Entry> NextAsync(int seen, CancellationToken cancellationToken)
    {
        var latest = _latest;
        return latest.Message.Version > seen ? latest : await latest.Next.Task.WaitAsync(cancellationToken);
    }

    /// <summary>A message, written as JSON once for all, and what comes after it.</summary>
    internal sealed class Entry(Message message)
    {
        public Message Message { get; } = message;

        public byte[] Json { get; } = message.ToJson();

        public TaskCompletionSource<Entry> Next { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
