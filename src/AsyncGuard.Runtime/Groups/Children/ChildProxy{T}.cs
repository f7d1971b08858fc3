using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// Stands for a child whose own task continues its awaiters asynchronously: those would race with the group, and what they throw could be
/// recorded before what they throw it for. Its awaiters continue once the group has taken note.
/// </summary>
internal sealed class ChildProxy<T> : TaskCompletionSource<T>
{
    private readonly TaskGroup _group;
    private readonly Task _child;
    private readonly ChildRecord? _record;

    private ChildProxy(TaskGroup group, Task child, ChildRecord? record) : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        _group = group;
        _child = child;
        _record = record;
    }

    public static Task<T> Start(TaskGroup group, Task child, ChildRecord? record)
    {
        var proxy = new ChildProxy<T>(group, child, record);
        Continuations.Attach(child, static (_, proxy) => ((ChildProxy<T>)proxy!).Finish(), proxy);
        return proxy.Task;
    }

    private void Finish()
    {
        _group.Observe(_child, _record);
        Tasks.CopyOutcome(_child, this);
        _group.ReleaseChild(_record);
    }
}
