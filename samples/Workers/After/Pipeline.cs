using AsyncGuard;

namespace Workers.After;

/// <summary>A producer and its workers in one group, with a queue of limited size between them.</summary>
public sealed class Pipeline(Func<Order, CancellationToken, Task> handle, int capacity)
{
    private readonly AsyncWorkQueue<Order> _queue = new(capacity);

    public int Waiting => _queue.Count;

    /// <summary>Ends when every order has been handled and every worker has ended; throws what a worker threw first.</summary>
    public Task<IReadOnlyList<TaskStatus>> RunAsync(IAsyncEnumerable<Order> orders, int workers, CancellationToken cancellationToken) =>
        TaskGroup.RunAsync(
            async group =>
            {
                var crew = Enumerable.Range(1, workers)
                    .Select(number => group.StartCancellable(WorkAsync, name: $"worker {number}")).ToList();

                // Waits where the queue is full: the producer is no faster than the workers.
                await foreach (var order in orders.WithCancellation(group.CancellationToken))
                    await _queue.PutAsync(order, group.CancellationToken);
                await _queue.JoinAsync(group.CancellationToken);

                // Everything is done, and the workers wait for more. Cancel them, and observe how they ended.
                foreach (var worker in crew) worker.Cancel();
                return await ObserveAsync(crew);
            },
            cancellationToken);

    private static async Task<IReadOnlyList<TaskStatus>> ObserveAsync(IReadOnlyList<ChildTask> crew)
    {
        foreach (var worker in crew)
        {
            try
            {
                await worker;
            }
            catch (OperationCanceledException)
            {
                // What was asked for.
            }
        }

        return [.. crew.Select(worker => worker.Status)];
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var order = await _queue.GetAsync(cancellationToken);
            await handle(order, cancellationToken);
            _queue.TaskDone();
        }
    }
}
