using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Waits for one suspended child.</summary>
internal sealed class ChildWatcher(TaskGroup group, Task child, ChildRecord? record)
{
    public void Done() => group.ChildDone(child, record);
}
