using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// Hears of the end of a task inside the call that completes it, before any continuation that is attached later.
/// <para>
/// A task posts to the context in which it was awaited, on the thread that completes it, and it does so also where it would queue an
/// awaiter without a context: of several awaits only the last one runs inline. So the hook is a context, which costs less than a
/// <c>ContinueWith</c>: no task
/// of its own,
/// no execution context. For tasks that no other code awaits yet; it takes the right to run inline from those that were there before.
/// </para>
/// </summary>
internal abstract class CompletionHook : SynchronizationContext
{
    private static readonly Action Unused = static () => { };

    private bool _early;

    /// <summary>Calls <see cref="Completed"/> once, here and now if the task has completed meanwhile.</summary>
    public void Attach(Task task)
    {
        // Its owner asks that nothing runs inside the completion.
        if ((task.CreationOptions & TaskCreationOptions.RunContinuationsAsynchronously) != 0)
        {
            Continuations.Attach(task, static (_, hook) => ((CompletionHook)hook!).Completed(), this);
            return;
        }

        if (!TryAttach(task)) Completed();
    }

    /// <summary>False: the task has completed meanwhile, and <see cref="Completed"/> is not called.</summary>
    public bool TryAttach(Task task)
    {
        var before = Current;
        SetSynchronizationContext(this);
        task.GetAwaiter().UnsafeOnCompleted(Unused);
        SetSynchronizationContext(before);
        return !_early;
    }

    public sealed override void Post(SendOrPostCallback d, object? state)
    {
        if (Current == this) _early = true;
        else if (DeepStack.IsAlmostUsedUp) ThreadPool.UnsafeQueueUserWorkItem(static hook => ((CompletionHook)hook!).Completed(), this);
        else Completed();
    }

    /// <summary>Throws nothing.</summary>
    protected abstract void Completed();
}
