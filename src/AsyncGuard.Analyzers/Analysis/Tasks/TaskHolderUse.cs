using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks;

/// <summary>A place that names a local which keeps tasks, and what it does with them.</summary>
internal readonly struct TaskHolderUse(ILocalReferenceOperation reference, TaskFate fate)
{
    public ILocalReferenceOperation Reference { get; } = reference;

    public TaskFate Fate { get; } = fate;
}
