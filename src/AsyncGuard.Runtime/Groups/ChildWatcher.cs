using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Waits for one suspended child that is on record.</summary>
internal sealed class ChildWatcher(TaskGroup group, ChildRecord record)
{
    public void Done(Task child) => group.ChildDone(child, record);
}
