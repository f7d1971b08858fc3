using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// Work under way whose caller waits as long as it likes: counted until its end, and reported if it then fails without anybody to see it.
/// </summary>
internal sealed class ShieldedWork(Task work, Task wait) : CompletionHook
{
    public void Attach()
    {
        // The wait ends with the work as a rule, and hears of it already: a second continuation on the work would cost a list of them.
        // One that continues asynchronously would be told late.
        var ends = wait.IsCompleted || (wait.CreationOptions & TaskCreationOptions.RunContinuationsAsynchronously) != 0 ? work : wait;
        Attach(ends);
    }

    protected override void Completed()
    {
        if (!work.IsCompleted)
        {
            // The wait has been cancelled.
            new ShieldedWork(work, wait).Attach();
            return;
        }
        Shield.End();
        if (!work.IsFaulted || ReferenceEquals(work, wait))
            return;
        // A cancellation that came first may not have reached the wait yet: what the wait becomes decides who sees the failure.
        if (wait.IsCompleted)
            ReportIfUnseen();
        else
            Continuations.Attach(wait, ReportIfUnseen);
    }

    private void ReportIfUnseen()
    {
        if (!wait.IsCanceled)
            return;
        foreach (var error in work.Exception!.InnerExceptions)
            Shield.Report(error);
    }
}
