using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>The wait for a child's ready signal, seen from the group.</summary>
internal interface IReadyOutcome
{
    /// <summary>The child has ended: true when that was before it was ready, so that its outcome belongs to the one who waits for it.</summary>
    bool TryEnd(Task child);
}
