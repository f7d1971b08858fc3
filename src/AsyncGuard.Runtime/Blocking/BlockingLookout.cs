using System;
using System.Diagnostics;
using System.Threading;

namespace AsyncGuard;

/// <summary>
/// The place where one thread that has run out of work looks out for more, and is handed it without a lock. Mutable: keep it in a field.
/// </summary>
internal struct BlockingLookout
{
    // A thread looks out for that long before it goes to sleep: to be woken takes longer than that.
    private static readonly long Time = Environment.ProcessorCount == 1 ? 0 : Stopwatch.Frequency / 20_000;

    private static readonly object Open = new();

    // Null; or open, while a thread looks out for work; or the work that it was handed. That thread, and the thread that hands it work,
    // change it.
    private object? _place;

    /// <summary>A thread looks out and has not been handed anything.</summary>
    public bool IsOpen => Volatile.Read(ref _place) == Open;

    /// <summary>A thread looks out, or has work that it was handed.</summary>
    public bool IsTaken => Volatile.Read(ref _place) is not null;

    /// <summary>True: the thread that looks out has the work.</summary>
    public bool TryHand(IBlockingCall work) => Interlocked.CompareExchange(ref _place, work, Open) == Open;

    /// <summary>False: another thread looks out, or with one processor none does.</summary>
    public bool TryOpen() => Time > 0 && Interlocked.CompareExchange(ref _place, Open, null) is null;

    /// <summary>
    /// Looks out until it is handed work, until the count says that work is in a line, or until its time is up. Null: it was handed none.
    /// </summary>
    public IBlockingCall? Wait(ref int waiting)
    {
        var end = Stopwatch.GetTimestamp() + Time;
        do
        {
            for (var i = 0; i < 8 && IsOpen; i++) Thread.SpinWait(1);
        }
        while (IsOpen && Volatile.Read(ref waiting) == 0 && Stopwatch.GetTimestamp() < end);
        return Interlocked.Exchange(ref _place, null) as IBlockingCall;
    }
}
