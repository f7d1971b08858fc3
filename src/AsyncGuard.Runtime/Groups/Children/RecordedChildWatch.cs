using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Watches a suspended child that is on record.</summary>
internal sealed class RecordedChildWatch(TaskGroup group, Task child, ChildRecord record) : ChildWatch(group, child)
{
    protected override ChildRecord Record => record;
}
