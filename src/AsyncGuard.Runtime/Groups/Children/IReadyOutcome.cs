using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>The wait for a child's ready signal, seen from the group.</summary>
internal interface IReadyOutcome
{
    /// <summary>The code that waits for the signal has received its outcome.</summary>
    bool IsSeen { get; }

    /// <summary>What the wait ended with, if it failed.</summary>
    IReadOnlyList<Exception> Errors { get; }

    /// <summary>
    /// The child has ended: true when that was before it was ready, so that its outcome belongs to the code that waits for it.
    /// </summary>
    bool TryEnd(Task child);
}
