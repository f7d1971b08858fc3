using System.Threading;

namespace AsyncGuard;

/// <summary>
/// What keeps a group from ending (its body, each running or waiting child, each stop in progress), how many children run, and whether
/// it was asked to stop: in one word, so that the start and the end of a child cost one atomic operation each.
/// A group whose word has no holds left has ended, and nothing can enter it any more. Mutable: keep it in a field.
/// <code>
/// bits   63 ........ 32    31         30 ........ 0
///        running children  stopping   holds
///
/// running  stopping  holds   state            who brings it about
/// 0        0         1       body alone       Initial
/// r        0         r+q+1   running          TryEnter (+running +hold), TryQueue (+hold), Promote (+running), Leave (-running -hold)
/// r        0         r+q     body has ended   Release by the body; children may still start others
/// r        1         ≥ r+1   stopping         TryStop (+stopping +hold), once; TryAdopt (+running +hold) and TryHold (+hold) still enter
/// r        1         ≥ r     stopped          Release by the stop, once the token's callbacks have run, the line dropped (-hold for each)
/// 0        any       0       ended            the Leave or Release that returned true; final
/// </code>
/// r: running children. q: children in the line.
/// </summary>
internal struct GroupCounts
{
    private const long Hold = 1;
    private const long Stopping = 1L << 31;
    private const long Running = 1L << 32;
    private const long Holds = Stopping - 1;

    private long _word;

    /// <summary>Held by the body.</summary>
    public static GroupCounts Initial => new() { _word = Hold };

    public bool HasEnded => (Read() & Holds) == 0;

    public bool IsStopping => (Read() & Stopping) != 0;

    public int RunningChildren => (int)(Read() >> 32);

    /// <summary>A child begins to run. False, and nothing is changed: the group is stopping or has ended.</summary>
    public bool TryEnter() => TryAdd(Hold + Running, Stopping);

    /// <summary>A child that runs already joins, which a stopping group allows too. False: the group has ended.</summary>
    public bool TryAdopt() => TryAdd(Hold + Running, refused: 0);

    /// <summary>Keeps the group from ending until <see cref="Release"/>, whatever else it does. False: the group has ended.</summary>
    public bool TryHold() => TryAdd(Hold, refused: 0);

    /// <summary>A child waits for a slot. False: the group is stopping or has ended.</summary>
    public bool TryQueue() => TryAdd(Hold, Stopping);

    /// <summary>Asks for the stop and holds the group until <see cref="Release"/>. False: asked before, or ended.</summary>
    public bool TryStop() => TryAdd(Hold + Stopping, Stopping);

    /// <summary>A waiting child, which holds the group already, begins to run.</summary>
    public void Promote() => Interlocked.Add(ref _word, Running);

    /// <summary>A running child has ended. True: the group has ended with it.</summary>
    public bool Leave() => (Interlocked.Add(ref _word, -(Hold + Running)) & Holds) == 0;

    /// <summary>Another holder lets go. True: the group has ended with it.</summary>
    public bool Release() => (Interlocked.Add(ref _word, -Hold) & Holds) == 0;

    private bool TryAdd(long amount, long refused)
    {
        var word = Read();
        while ((word & Holds) != 0 && (word & refused) == 0)
        {
            var seen = Interlocked.CompareExchange(ref _word, word + amount, word);
            if (seen == word) return true;
            word = seen;
        }

        return false;
    }

    private long Read() => Volatile.Read(ref _word);
}
