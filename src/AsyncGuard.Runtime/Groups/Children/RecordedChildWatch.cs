using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Watches a suspended child that is on record.</summary>
internal sealed class RecordedChildWatch(TaskGroup group, Task child, ChildRecord record) : CompletionHook
{
    protected override void Completed() => group.ChildDone(child, record);
}
