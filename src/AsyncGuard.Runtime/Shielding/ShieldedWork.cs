using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// Work under way whose caller waits as long as it likes: counted until its end, and reported if it then fails without anybody to see it.
/// </summary>
internal sealed class ShieldedWork(Task work, Task wait) : CompletionHook
{
    protected override void Completed()
    {
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
