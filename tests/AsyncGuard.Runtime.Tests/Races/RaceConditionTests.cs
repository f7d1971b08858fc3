using System;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Races;

/// <summary>
/// Two operations at once, <see cref="TwoThreads.Rounds"/> times each: whatever the order, the outcome is one of those allowed, and nothing
/// hangs.
/// </summary>
[Collection(nameof(UnobservedCollection))]
public sealed class RaceConditionTests
{
    [Fact]
    public void Cancel_AtTheSameTimeAsTheLastChildEnds() => TwoThreads.Race(
        static _ => new RaceRound(),
        static round => round.Group.Cancel(),
        static round => round.Signal.SetResult(),
        static round =>
        {
            Assert.True(round.Ended().IsCompletedSuccessfully, round.Run.Exception?.ToString());
            Assert.Empty(round.Group.Errors);
        });

    [Fact]
    public void Start_AtTheSameTimeAsTheEnd_EitherRunsAndIsJoinedOrIsRefused() => TwoThreads.Race(
        static _ => new RaceRound(),
        static round =>
        {
            try
            {
                _ = round.Group.Start(async _ =>
                {
                    await Task.Yield();
                    Interlocked.Increment(ref round.Called);
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
            Assert.Equal(round.Refusal is null ? 1 : 0, Volatile.Read(ref round.Called));
        });

    [Fact]
    public void Start_AtTheSameTimeAsCancel_EitherRunsAndIsJoinedOrIsRefused() => TwoThreads.Race(
        static _ => new RaceRound(),
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
            catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException)
            {
                round.Refusal = exception;
            }
        },
        static round => round.Group.Cancel(),
        static round =>
        {
            Assert.True(round.Ended().IsCompletedSuccessfully);
            Assert.Equal(round.Refusal is null ? 1 : 0, round.Called);
        });

    [Fact]
    public void OuterCancel_AtTheSameTimeAsAnError_TheErrorIsNeverLost() => TwoThreads.Race(
        static _ => new RaceRound(childHearsTheToken: false),
        static round => round.Outer.Cancel(),
        static round => round.Signal.SetException(new FormatException()),
        static round =>
        {
            Assert.IsType<FormatException>(Assert.Single(round.Ended().Exception!.InnerExceptions));
        });

    [Fact]
    public void OuterCancel_AtTheSameTimeAsTheLastSuccess_OneOfTheTwo() => TwoThreads.Race(
        static _ => new RaceRound(),
        static round => round.Outer.Cancel(),
        static round => round.Signal.SetResult(),
        static round =>
        {
            var run = round.Ended();
            Assert.Equal(round.Child.IsCanceled, run.IsCanceled);
            Assert.Equal(round.Child.IsCompletedSuccessfully, run.IsCompletedSuccessfully);
        });

    [Fact]
    public void TwoErrors_AtOnce_BothAreKept() => TwoThreads.Race(
        static number =>
        {
            var round = new RaceRound(childHearsTheToken: false);
            var other = new TaskCompletionSource();
            _ = round.Group.Track(other.Task);
            return Tuple.Create(round, other);
        },
        static round => round.Item2.SetException(new InvalidCastException()),
        static round => round.Item1.Signal.SetException(new FormatException()),
        static round => Assert.Equal(2, round.Item1.Ended().Exception!.InnerExceptions.Count));

    [Fact]
    public void CancelAndOuterCancel_AtOnce_TheGroupEndsOnce() => TwoThreads.Race(
        static _ => new RaceRound(),
        static round => round.Group.Cancel(),
        static round => round.Outer.Cancel(),
        static round => Assert.True(round.Ended().IsCompletedSuccessfully || round.Run.IsCanceled));

    [Fact]
    public void Dispose_AtTheSameTimeAsCancel_TheScopeEnds() => TwoThreads.Race(
        static number =>
        {
            var scope = TaskGroup.Open();
            _ = scope.Start(Child.Forever);
            return scope;
        },
        static scope => Assert.True(scope.DisposeAsync().AsTask().Wait(HangGuard.Limit)),
        static scope => scope.Cancel(),
        static scope => Assert.Equal(0, scope.Group.RunningCount));

    [Fact]
    public void Join_AtTheSameTimeAsDispose_TheScopeEnds() => TwoThreads.Race(
        static _ => TaskGroup.Open(),
        static scope => Assert.True(scope.DisposeAsync().AsTask().Wait(HangGuard.Limit)),
        static scope => { _ = scope.JoinAsync(); },
        static scope => Assert.True(scope.JoinAsync().IsCompletedSuccessfully));

    [Fact]
    public void HandleCancel_AtTheSameTimeAsTheChildEnds_NoError() => TwoThreads.Race(
        static _ =>
        {
            ChildTask? handle = null;
            var signal = new TaskCompletionSource();
            var run = TaskGroup.RunAsync(group => { handle = group.StartCancellable(token => signal.Task.WaitAsync(token)); });
            return Tuple.Create(handle!, signal, run);
        },
        static round => round.Item1.Cancel(),
        static round => round.Item2.SetResult(),
        static round => Assert.True(round.Item3.Wait(HangGuard.Limit)));

    [Fact]
    public void WaitingChild_ASlotGetsFreeAtTheSameTimeAsCancel_RunsOrIsDropped() => TwoThreads.Race(
        static number =>
        {
            var round = new RaceRound(new TaskGroupOptions { MaxConcurrency = 1 }, childHearsTheToken: false);
            _ = round.Group.Start(async _ =>
            {
                await Task.Yield();
                Interlocked.Increment(ref round.Called);
            });
            return round;
        },
        static round => round.Group.Cancel(),
        static round => round.Signal.SetResult(),
        static round =>
        {
            Assert.True(round.Ended().IsCompletedSuccessfully);
            Assert.InRange(Volatile.Read(ref round.Called), 0, 1);
            Assert.Equal(0, round.Group.RunningCount + round.Group.WaitingCount);
        });

    [Fact]
    public void WaitingChild_ASlotGetsFreeAtTheSameTimeAsItsOwnCancel_RunsOrIsDropped() => TwoThreads.Race(
        static _ =>
        {
            var round = new RaceRound(new TaskGroupOptions { MaxConcurrency = 1 }, childHearsTheToken: false);
            var handle = round.Group.StartCancellable(async _ =>
            {
                await Task.Yield();
                Interlocked.Increment(ref round.Called);
            });
            var next = round.Group.Start(static _ => Task.CompletedTask);
            return Tuple.Create(round, handle, next);
        },
        static round => round.Item2.Cancel(),
        static round => round.Item1.Signal.SetResult(),
        static round =>
        {
            Assert.True(round.Item1.Ended().IsCompletedSuccessfully);
            Assert.True(round.Item3.IsCompletedSuccessfully);
            var called = Volatile.Read(ref round.Item1.Called);
            Assert.Equal(round.Item2.Status == TaskStatus.Canceled ? 0 : 1, called);
            Assert.Equal(0, round.Item1.Group.RunningCount + round.Item1.Group.WaitingCount);
        });

    [Fact]
    public void WaitingForReady_ASlotGetsFreeAtTheSameTimeAsItsCancel_Ends() => TwoThreads.Race(
        static _ =>
        {
            var round = new RaceRound(new TaskGroupOptions { MaxConcurrency = 1 }, childHearsTheToken: false);
            var source = new CancellationTokenSource();
            var ready = round.Group.StartAndWaitReadyAsync(static (_, token) => Task.Delay(Timeout.Infinite, token), source.Token).AsTask();
            return Tuple.Create(round, source, ready);
        },
        static round => round.Item2.Cancel(),
        static round => round.Item1.Signal.SetResult(),
        static round =>
        {
            Assert.True(round.Item1.Ended().IsCompletedSuccessfully);
            Assert.True(SpinWait.SpinUntil(() => round.Item3.IsCompleted, HangGuard.Limit));
            Assert.True(round.Item3.IsCanceled);
            Assert.Equal(0, round.Item1.Group.RunningCount + round.Item1.Group.WaitingCount);
        });

    [Fact]
    public void WaitForSlot_CancelledAtTheSameTimeAsASlotGetsFree_EndsOnce() => TwoThreads.Race(
        static _ =>
        {
            var round = new RaceRound(new TaskGroupOptions { MaxConcurrency = 1 });
            var source = new CancellationTokenSource();
            return Tuple.Create(round, source, round.Group.WaitForSlotAsync(source.Token).AsTask());
        },
        static round => round.Item2.Cancel(),
        static round => round.Item1.Signal.SetResult(),
        static round =>
        {
            Assert.True(round.Item1.Ended().IsCompletedSuccessfully);
            // The slot of the last child gets free when the group ends.
            Assert.True(round.Item3.IsCanceled || round.Item3.Exception?.InnerException is InvalidOperationException);
        });

    [Fact]
    public void Started_AtTheSameTimeAsTheStartIsCancelled_ReadyOrCanceled() => TwoThreads.Race(
        static _ =>
        {
            ReadySignal<int>? signal = null;
            Task<int>? ready = null;
            var start = new CancellationTokenSource();
            var go = new TaskCompletionSource();
            var run = TaskGroup.RunAsync(group =>
            {
                ready = group.StartAndWaitReadyAsync<int>(
                    async (s, token) =>
                    {
                        signal = s;
                        await go.Task;
                        s.Started(1);
                        token.ThrowIfCancellationRequested();
                    },
                    start.Token).AsTask();
            });
            return Tuple.Create(start, go, ready!, run);
        },
        static round => round.Item1.Cancel(),
        static round => round.Item2.SetResult(),
        static round =>
        {
            Assert.True(((IAsyncResult)round.Item4).AsyncWaitHandle.WaitOne(HangGuard.Limit));
            Assert.True(round.Item4.IsCompletedSuccessfully, round.Item4.Exception?.ToString());
            // The task is made of a ValueTask, and follows its source a little later.
            Assert.True(((IAsyncResult)round.Item3).AsyncWaitHandle.WaitOne(HangGuard.Limit));
            Assert.True(round.Item3.IsCompletedSuccessfully || round.Item3.IsCanceled);
        });

    [Fact]
    public void QueueGet_CancelledAtTheSameTimeAsAPut_TheItemIsNeitherLostNorDoubled() => TwoThreads.Race(
        static _ =>
        {
            var queue = new AsyncWorkQueue<int>();
            var source = new CancellationTokenSource();
            return Tuple.Create(queue, source, queue.GetAsync(source.Token).AsTask());
        },
        static round => round.Item2.Cancel(),
        static round => round.Item1.TryPut(1),
        static round =>
        {
            Assert.True(round.Item3.IsCompleted);
            Assert.Equal(round.Item3.IsCanceled ? 1 : 0, round.Item1.Count);
            Assert.Equal(1, round.Item1.UnfinishedCount);
            Assert.Equal((0, 0, 0), round.Item1.WaiterCounts);
        });

    [Fact]
    public void QueuePut_CancelledAtTheSameTimeAsAGet_TheItemIsInOrNot() => TwoThreads.Race(
        static _ =>
        {
            var queue = new AsyncWorkQueue<int>(1);
            queue.TryPut(1);
            var source = new CancellationTokenSource();
            return Tuple.Create(queue, source, queue.PutAsync(2, source.Token).AsTask());
        },
        static round => round.Item2.Cancel(),
        static round => Assert.True(round.Item1.TryGet(out _)),
        static round =>
        {
            Assert.True(round.Item3.IsCompleted);
            Assert.Equal(round.Item3.IsCanceled ? 0 : 1, round.Item1.Count);
            Assert.Equal(round.Item3.IsCanceled ? 1 : 2, round.Item1.UnfinishedCount);
        });

    [Fact]
    public void QueueShutdown_AtTheSameTimeAsAGet_NeitherHangs() => TwoThreads.Race(
        static _ => Tuple.Create(new AsyncWorkQueue<int>(), new StrongBox()),
        static round => round.Item1.Shutdown(),
        static round => round.Item2.Task = round.Item1.GetAsync().AsTask(),
        static round => Assert.IsType<QueueShutDownException>(round.Item2.Task!.Exception!.InnerException));

    [Fact]
    public void Shield_CancelledAtTheSameTimeAsTheWorkFails_TheErrorIsThrownOrReportedOnce()
    {
        var reported = 0;
        void Count(object? sender, AbandonedExceptionEventArgs e) => reported++;
        Shield.AbandonedException += Count;
        try
        {
            TwoThreads.Race(
                _ =>
                {
                    reported = 0;
                    var source = new CancellationTokenSource();
                    var work = new TaskCompletionSource();
                    return Tuple.Create(source, work, Shield.RunAsync(_ => work.Task, source.Token));
                },
                static round => round.Item1.Cancel(),
                static round => round.Item2.SetException(new FormatException()),
                round =>
                {
                    Assert.True(round.Item3.IsCompleted);
                    Assert.Equal(round.Item3.IsCanceled ? 1 : 0, reported);
                });
        }
        finally
        {
            Shield.AbandonedException -= Count;
        }

        Assert.Equal(0, Shield.PendingCount);
    }

    [Fact]
    public void BlockingWork_CancelledAtTheSameTimeAsItIsTakenUp_RunsOrIsCanceled()
    {
        var limiter = new BlockingLimiter(1);
        TwoThreads.Race(
            _ =>
            {
                var round = new BlockingRound();
                round.Call = BlockingWork.RunAsync(() => { round.Ran = true; }, round.Source.Token, limiter: limiter);
                return round;
            },
            static round => round.Source.Cancel(),
            static _ => { },
            static round =>
            {
                Assert.True(((IAsyncResult)round.Call!).AsyncWaitHandle.WaitOne(HangGuard.Limit));
                Assert.Equal(round.Call.IsCompletedSuccessfully, round.Ran);
            });
    }

    private sealed class StrongBox
    {
        public Task? Task;
    }

    private sealed class BlockingRound
    {
        public CancellationTokenSource Source { get; } = new();

        public Task? Call;

        public volatile bool Ran;
    }
}
