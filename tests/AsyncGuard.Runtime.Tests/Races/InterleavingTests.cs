using System;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Races;

/// <summary>
/// Forced orders: one thread is held at its n-th step inside the group while the other runs its operation to the end, for every n, and
/// the other way round. In release builds the steps are compiled away, and the operations run one after the other.
/// </summary>
[Collection(nameof(UnobservedCollection))]
public sealed class InterleavingTests
{
    [Fact]
    public void CancelAndLastChild_EveryOrder() => EveryOrder(
        static () => new RaceRound(),
        static round => round.Group.Cancel(),
        static round => round.Signal.SetResult(),
        static round => Assert.True(round.Ended().IsCompletedSuccessfully));

    [Fact]
    public void OuterCancelAndError_EveryOrder() => EveryOrder(
        static () => new RaceRound(childHearsTheToken: false),
        static round => round.Outer.Cancel(),
        static round => round.Signal.SetException(new FormatException()),
        static round => Assert.IsType<FormatException>(Assert.Single(round.Ended().Exception!.InnerExceptions)));

    [Fact]
    public void StartAndLastChild_EveryOrder() => EveryOrder(
        static () => new RaceRound(),
        static round =>
        {
            try
            {
                _ = round.Group.Start(_ =>
                {
                    round.Called++;
                    return Task.CompletedTask;
                });
            }
            catch (InvalidOperationException exception)
            {
                round.Refusal = exception;
            }
        },
        static round => round.Signal.SetResult(),
        static round =>
        {
            Assert.True(round.Ended().IsCompletedSuccessfully);
            Assert.Equal(round.Refusal is null ? 1 : 0, round.Called);
        });

    [Fact]
    public void StartAndError_EveryOrder() => EveryOrder(
        static () => new RaceRound(childHearsTheToken: false),
        static round =>
        {
            try
            {
                _ = round.Group.Start(Child.Forever);
            }
            catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException)
            {
                round.Refusal = exception;
            }
        },
        static round => round.Signal.SetException(new FormatException()),
        static round => Assert.IsType<FormatException>(Assert.Single(round.Ended().Exception!.InnerExceptions)));

    [Fact]
    public void CancelAndOuterCancel_EveryOrder() => EveryOrder(
        static () => new RaceRound(),
        static round => round.Group.Cancel(),
        static round => round.Outer.Cancel(),
        static round => Assert.True(round.Ended().IsCompletedSuccessfully || round.Run.IsCanceled));

    [Fact]
    public void SlotAndCancel_EveryOrder() => EveryOrder(
        static () =>
        {
            var round = new RaceRound(new TaskGroupOptions { MaxConcurrency = 1 }, childHearsTheToken: false);
            _ = round.Group.Start(_ =>
            {
                Interlocked.Increment(ref round.Called);
                return Task.CompletedTask;
            });
            return round;
        },
        static round => round.Group.Cancel(),
        static round => round.Signal.SetResult(),
        static round =>
        {
            Assert.True(round.Ended().IsCompletedSuccessfully);
            Assert.InRange(Volatile.Read(ref round.Called), 0, 1);
        });

    private static void EveryOrder(Func<RaceRound> prepare, Action<RaceRound> first, Action<RaceRound> second, Action<RaceRound> check)
    {
        HoldAtEachStep(prepare, first, second, check);
        HoldAtEachStep(prepare, second, first, check);
    }

    private static void HoldAtEachStep(Func<RaceRound> prepare, Action<RaceRound> held, Action<RaceRound> other, Action<RaceRound> check)
    {
        for (var step = 1; ; step++)
        {
            var round = prepare();
            var heldThread = Environment.CurrentManagedThreadId;
            var seen = 0;
            var ran = false;
            Interleaving.Hook = _ =>
            {
                if (Environment.CurrentManagedThreadId != heldThread || ++seen != step) return;
                ran = true;
                RunElsewhere();
            };
            try
            {
                held(round);
            }
            finally
            {
                Interleaving.Hook = null;
            }

            if (!ran) RunElsewhere();
            check(round);
            if (!ran) return;

            void RunElsewhere()
            {
                Exception? error = null;
                var thread = new Thread(() =>
                {
                    try
                    {
                        other(round);
                    }
                    catch (Exception exception)
                    {
                        error = exception;
                    }
                });
                thread.Start();
                Assert.True(thread.Join(HangGuard.Limit), $"Held at step {step}: {round.Group}");
                Assert.Null(error);
            }
        }
    }
}
