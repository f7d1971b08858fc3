using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// Checks for a moment whether the smallest work has ended, which costs the caller less than continuing later on another thread. After work
/// that takes longer the next callers do not look. Several threads may use it at once: what they count is a guess. Mutable: keep it in a
/// field.
/// </summary>
internal struct BlockingGlance
{
    private const int MostMissed = 1024;

    // Less than it costs to wake a thread for what comes after the work.
    private static readonly long Time = Stopwatch.Frequency / 400_000;

    private int _missed;
    private int _leftOut;

    /// <summary>Looks for a moment whether the work has ended, unless others have looked in vain.</summary>
    [NonBlocking]
    public void At(Task work)
    {
        if (_leftOut > 0)
        {
            _leftOut--;
            return;
        }

        var end = Stopwatch.GetTimestamp() + Time;
        do
        {
            for (var i = 0; i < 8; i++)
            {
                if (work.IsCompleted)
                {
                    _missed = 0;
                    return;
                }

                Thread.SpinWait(1);
            }
        }
        while (Stopwatch.GetTimestamp() < end);
        _missed = Math.Min(MostMissed, Math.Max(8, _missed * 2));
        _leftOut = _missed;
    }
}
