using System;
using System.Threading.Tasks;

namespace AsyncGuard.Support;

/// <summary>Turns a hang into a failure that shows the group.</summary>
internal static class HangGuard
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(Soak.IsQuick ? 5 : 60);

    public static async Task WaitAsync(Task task, Func<object?>? dump = null)
    {
        try
        {
            await task.WaitAsync(Limit);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new InvalidOperationException($"Hangs after {Limit}: {dump?.Invoke() ?? "no group to show"}");
        }
    }

    public static async Task<T> WaitAsync<T>(Task<T> task, Func<object?>? dump = null)
    {
        await WaitAsync((Task)task, dump);
        return await task;
    }
}
