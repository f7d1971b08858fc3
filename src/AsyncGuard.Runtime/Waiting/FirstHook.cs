using System;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// Hears of the first of several tasks by <see cref="Task.WhenAny(Task[])"/>, which attaches to each without an object and takes itself off
/// the others. Serves one wait after the other: its delegate is what costs most of it.
/// </summary>
internal sealed class FirstHook
{
    [ThreadStatic]
    private static FirstHook? s_kept;

    private readonly Action _ended;
    private IFirstWaiter? _waiter;

    private FirstHook() => _ended = Ended;

    /// <summary>
    /// Inside the call that completes the task; on the thread pool where that thread has a context or a scheduler of its own.
    /// </summary>
    public static void Attach(Task[] tasks, IFirstWaiter waiter)
    {
        var first = Task.WhenAny(tasks);
        if (first.IsCompleted)
        {
            waiter.FirstHasEnded();
            return;
        }

        var hook = s_kept ?? new FirstHook();
        s_kept = null;
        hook._waiter = waiter;
        first.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(hook._ended);
    }

    private void Ended()
    {
        var waiter = _waiter!;
        _waiter = null;
        s_kept = this;
        waiter.FirstHasEnded();
    }
}
