using Nito.AsyncEx;
using Nito.AsyncEx.Synchronous;

class Uses
{
    private readonly AsyncLock _lock = new();

    async Task Directly(Task<int> task, Task other, CancellationToken token)
    {
        var result = task.WaitAndUnwrapException(); //! AGD0102|AGD0104
        other.WaitWithoutException(); //! AGD0102|AGD0104
        using (_lock.Lock()) //! AGD0103
        {
            Console.WriteLine(result);
        }

        using (await _lock.LockAsync(token)) Console.WriteLine(result);
    }
}
