namespace Quickstart.After;

public sealed class PriceFeed
{
    private TaskCompletionSource<decimal> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<decimal> NextAsync() => _next.Task;

    public void Publish(decimal price)
    {
        var current = _next;
        _next = new TaskCompletionSource<decimal>(TaskCreationOptions.RunContinuationsAsynchronously);
        current.SetResult(price);
    }
}
