using System;
using System.Runtime.ExceptionServices;
using System.Threading;
using AsyncGuard.Support;

namespace AsyncGuard.Races;

/// <summary>Lines two operations up on two threads, round after round.</summary>
internal static class TwoThreads
{
    public static readonly int Rounds = Soak.Times(20_000);

    /// <summary>Each round: <paramref name="prepare"/>, then both operations at once, then <paramref name="check"/>.</summary>
    public static void Race<TRound>(Func<int, TRound> prepare, Action<TRound> first, Action<TRound> second, Action<TRound> check)
        where TRound : class
    {
        TRound? current = null;
        Exception? otherError = null;
        var ready = 0;
        var done = 0;
        var other = new Thread(() =>
        {
            for (var i = 1; i <= Rounds; i++)
            {
                Spin(() => Volatile.Read(ref ready) == i);
                try
                {
                    second(current!);
                }
                catch (Exception exception)
                {
                    otherError ??= exception;
                }

                Volatile.Write(ref done, i);
            }
        })
        { IsBackground = true };
        other.Start();
        for (var i = 1; i <= Rounds; i++)
        {
            var round = current = prepare(i);
            Volatile.Write(ref ready, i);
            // A little drift each round, so that the two meet at different places.
            Thread.SpinWait(i % 50);
            try
            {
                first(round);
            }
            finally
            {
                var index = i;
                Spin(() => Volatile.Read(ref done) == index);
            }

            if (otherError is not null) ExceptionDispatchInfo.Throw(otherError);
            check(round);
        }

        other.Join();
    }

    private static void Spin(Func<bool> condition)
    {
        var spinner = new SpinWait();
        while (!condition()) spinner.SpinOnce(sleep1Threshold: -1);
    }
}
