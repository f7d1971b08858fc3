namespace Quickstart.Before;

public sealed class PriceFeed
{
    private TaskCompletionSource<decimal> _next = new();                   // AGD0401

    public Task<decimal> NextAsync() => _next.Task;

    public void Publish(decimal price)
    {
        var current = _next;
        _next = new TaskCompletionSource<decimal>();                       // AGD0401
        current.SetResult(price);
    }
}
