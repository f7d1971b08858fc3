namespace AsyncGuard;

/// <summary>Which item an <see cref="AsyncWorkQueue{T}"/> returns next.</summary>
public enum QueueOrder
{
    /// <summary>The oldest.</summary>
    Fifo,

    /// <summary>The newest.</summary>
    Lifo,

    /// <summary>The smallest by the comparer; of equal ones the oldest.</summary>
    Priority,
}
