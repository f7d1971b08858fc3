namespace AsyncGuard;

/// <summary>The item of a producer that waits for room.</summary>
internal sealed class PutItem<T>(T item)
{
    public T Item => item;
}
